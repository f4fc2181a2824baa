export interface Case {
  area: string;
  name: string;
  line: number;
  script: string;
  stdin: string;
  isolatedOnly: string | undefined;
  skip: Record<string, string>;
}

export type Output = string | { base64: string };

/** What native bash answered. `signal` is there only when a signal ended it; `exit_code` is then null. */
export interface Fixture {
  hash: string;
  stdout: Output;
  stderr: Output;
  exit_code: number | null;
  signal?: string;
}

export const CASE_ENVIRONMENT: Readonly<Record<string, string>>;
export const CASE_DIRECTORY: string;
export function parseCases(area: string, text: string): Case[];
export function loadAreas(directory: string): { area: string; cases: Case[] }[];
export function caseHash(one: Case): string;
export function encodeOutput(bytes: Uint8Array): Output;
