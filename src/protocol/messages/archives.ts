import { z } from "zod";
import { count, envelope, path, stateLost, success } from "../fields.js";

/** Directories as archives of tar(1). */

const uploadRequest = z
  .strictObject({
    ...envelope("upload"),
    path: path.describe("The directory to unpack into; made if it is not there."),
    content: z
      .string()
      .describe("A tar archive in base64; it may be compressed with gzip, bzip2, xz or zstd."),
  })
  .meta({ description: "Unpacks an archive into a directory. The files belong to the session's user." });

const uploadAnswer = z
  .strictObject({ ...success("upload"), state_lost: stateLost })
  .meta({ description: "Answer to `upload`." });

const downloadRequest = z
  .strictObject({
    ...envelope("download"),
    path: path.describe("The directory."),
    gzip: z.boolean().optional().meta({ default: false, description: "Compress the archive." }),
  })
  .meta({ description: "Packs all that is in a directory into an archive." });

const downloadAnswer = z
  .strictObject({
    ...success("download"),
    content: z.string().describe("A tar archive in base64, whose paths begin at the directory."),
    size: count.describe("Size of the archive in bytes."),
    state_lost: stateLost,
  })
  .meta({ description: "Answer to `download`." });

export const archiveRequests = { upload: uploadRequest, download: downloadRequest };
export const archiveAnswers = { upload: uploadAnswer, download: downloadAnswer };
