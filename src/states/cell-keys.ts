/** Whole numbers in the order in which they came: a hash table with open addressing, for keys up to 2^53. */
export class CellKeys {
  private slots = new Int32Array(1 << 12).fill(-1);
  private keys = new Float64Array(1 << 11);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Its place, or −1. */
  find(key: number): number {
    return this.slots[this.slotOf(key)];
  }

  /** Its place, a new one where it had none. */
  add(key: number): number {
    const slot = this.slotOf(key);
    if (this.slots[slot] >= 0) return this.slots[slot];
    if (2 * (this.count + 1) > this.slots.length) {
      this.grow();
      return this.add(key);
    }
    this.keys[this.count] = key;
    this.slots[slot] = this.count;
    return this.count++;
  }

  /** Where a key stands, or would. */
  private slotOf(key: number): number {
    const mask = this.slots.length - 1;
    // both halves of the key, mixed by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)
    const mixed = Math.imul((key | 0) ^ Math.imul((key / 0x1_0000_0000) | 0, 0x85eb_ca6b), 0x9e37_79b1);
    let slot = ((mixed >>> 15) ^ mixed) & mask;
    while (this.slots[slot] >= 0 && this.keys[this.slots[slot]] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const keys = this.keys;
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    this.keys = new Float64Array(2 * keys.length);
    this.keys.set(keys);
    for (let place = 0; place < this.count; place++) this.slots[this.slotOf(keys[place])] = place;
  }
}
