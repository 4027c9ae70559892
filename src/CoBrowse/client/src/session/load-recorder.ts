/** The file of the recorder beside this script's, known only when it has been built. */
declare const RECORDER_FILE: string;

/** The recorder is a script of its own, which no browser downloads before its customer has agreed. @param attempt Counts from 0. */
export function loadRecorder(attempt: number): Promise<typeof import('../recorder/recorder-script')> {
  // A browser may remember a failed import by its address, so another attempt has another one.
  const file = attempt === 0 ? RECORDER_FILE : `${RECORDER_FILE}?${attempt}`;
  return import(new URL(file, import.meta.url).href) as ReturnType<typeof loadRecorder>;
}
