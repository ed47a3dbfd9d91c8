/** Failures of this machine, not of the picture: worth another try. */
const notThePicture = /memory|allocat|thread|resource temporarily/iu;

/** Whether what the decoder threw says that the picture is damaged, and not that this machine failed. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Error && !notThePicture.test(error.message);
}
