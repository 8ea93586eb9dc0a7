/** How much is unpacked. */
export interface Unpacking {
  /** About how many bytes are held at once. Default 1 MiB. */
  chunkBytes?: number;
  /** Whether a file that is cut off, as by a run that was killed, is unpacked as far as it goes. Default false. */
  cutOff?: boolean;
}
