/** What the system says of files, for people. */
const IN_WORDS: Readonly<Record<string, Readonly<Record<"read" | "write", string>>>> = {
  ENOENT: { read: "there is no such file", write: "its folder does not exist" },
  EISDIR: { read: "it is a folder, a file is needed", write: "it is a folder" },
  ENOTDIR: { read: "there is no such folder", write: "a file stands where its folder should be" },
  EACCES: { read: "reading it is not allowed", write: "writing there is not allowed" },
  EPERM: { read: "reading it is not allowed", write: "writing there is not allowed" },
  EROFS: { read: "it cannot be read", write: "that disk can only be read" },
  ENOSPC: { read: "it cannot be read", write: "the disk is full" },
  EEXIST: { read: "it cannot be read", write: "it exists already; choose another name or remove it" },
};

/** Why a file cannot be read or written, from what the system threw. */
export function fileTrouble(cause: unknown, doing: "read" | "write"): string {
  const { code = "", message } = cause as { readonly code?: string; readonly message: string };
  return IN_WORDS[code]?.[doing] ?? message;
}
