import type { Readable } from 'node:stream';
import { GatheredBytes } from './gathered-bytes.ts';
import { S3Error } from './s3-error.ts';

/** S3's limit for everything before the file. */
const LONGEST_HEAD = 20_000;
/** What may follow the file: its closing delimiter and fields that S3 ignores. */
const LONGEST_TAIL = 20_000;

/** The form of a POST upload before its file. */
export interface PostFormHead {
  /** By lower-case name. */
  fields: ReadonlyMap<string, string>;
  /** The file's own name, without folders; empty when the browser sends none. */
  filename: string;
}

export interface PostForm extends PostFormHead {
  file: Buffer;
}

/**
 * Reads a POST upload. `admit` sees the fields before the file is read; it throws to refuse, or returns the largest file
 * allowed, in bytes. A form that announces or sends more than that is refused before it is held in memory.
 * Throws S3Error.
 */
export async function readPostForm(
  body: Readable,
  headers: { contentType: string; contentLength: number | undefined },
  admit: (head: PostFormHead) => number,
): Promise<PostForm> {
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(headers.contentType);
  if (boundary === null) throw malformedPost();
  const delimiter = `--${boundary[1] ?? boundary[2]}`;

  let start = Buffer.alloc(0);
  let head: (PostFormHead & { fileStart: number; maximum: number }) | undefined;
  const rest = new GatheredBytes();
  let received = 0;
  // Not `for await`: leaving the loop would destroy the request and with it the connection that carries the refusal.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    let part: Buffer = chunk;
    received += part.length;
    if (head === undefined) {
      start = Buffer.concat([start, part]);
      const fileStart = findFile(start, delimiter);
      if (fileStart === undefined) {
        if (start.length > LONGEST_HEAD) throw headTooLarge();
        continue;
      }
      if (fileStart > LONGEST_HEAD) throw headTooLarge();
      const parsed = await parseHead(start.subarray(0, fileStart), delimiter);
      head = { ...parsed, fileStart, maximum: admit(parsed) };
      part = start.subarray(fileStart);
    }
    const proposed = Math.max(headers.contentLength ?? 0, received) - head.fileStart;
    if (proposed > head.maximum + LONGEST_TAIL) throw entityTooLarge(proposed, head.maximum);
    rest.expect((headers.contentLength ?? 0) - head.fileStart);
    rest.add(part);
  }
  if (head === undefined) {
    if (!start.includes(`${delimiter}--`)) throw malformedPost();
    throw new S3Error(400, 'InvalidArgument', 'POST requires exactly one file upload per request.', {
      ArgumentName: 'file',
      ArgumentValue: '0',
    });
  }
  const file = rest.bytes();
  const end = file.indexOf(`\r\n${delimiter}`);
  if (end === -1) throw malformedPost();
  return { fields: head.fields, filename: head.filename, file: file.subarray(0, end) };
}

/** S3's answer to a file larger than its policy allows. */
export function entityTooLarge(proposed: number, maximum: number): S3Error {
  return new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: String(proposed),
    MaxSizeAllowed: String(maximum),
  });
}

/** Where the file's bytes begin; undefined while the part named `file` has not come yet. */
function findFile(start: Buffer, delimiter: string): number | undefined {
  let at = start.indexOf(delimiter);
  while (at !== -1) {
    const headersEnd = start.indexOf('\r\n\r\n', at);
    if (headersEnd === -1) return undefined;
    const headers = start.toString('utf8', at, headersEnd);
    if (/content-disposition:[^\r\n]*;\s*name="?file"?(?=[;\s]|$)/i.test(headers)) return headersEnd + 4;
    at = start.indexOf(`\r\n${delimiter}`, headersEnd + 2);
    if (at !== -1) at += 2;
  }
  return undefined;
}

/** Lets the platform's own parser read the fields, with an empty file at their end. */
async function parseHead(head: Buffer, delimiter: string): Promise<PostFormHead> {
  const whole = new Blob([new Uint8Array(head), `\r\n${delimiter}--\r\n`]);
  const headers = { 'content-type': `multipart/form-data; boundary=${delimiter.slice(2)}` };
  let form: FormData;
  try {
    form = await new Response(whole, { headers }).formData();
  } catch (error) {
    if (error instanceof TypeError) throw malformedPost();
    throw error;
  }
  const fields = new Map<string, string>();
  let filename = '';
  for (const [name, value] of form) {
    if (name.toLowerCase() === 'file')
      filename = typeof value === 'string' ? '' : (value.name.split(/[/\\]/).at(-1) ?? '');
    else fields.set(name.toLowerCase(), typeof value === 'string' ? value : await value.text());
  }
  return { fields, filename };
}

function headTooLarge(): S3Error {
  return new S3Error(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
  );
}

function malformedPost(): S3Error {
  return new S3Error(
    400,
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
}
