/** The image of a started shell, beside the bundles in dist/. */
export const SESSION_IMAGE = "session.image";
