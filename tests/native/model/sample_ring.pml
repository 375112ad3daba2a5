/*
 * The SampleRing's protocol (wasm/core/spsc_cursor.h): a producer and a consumer that each remember
 * the other's position, two slots, every interleaving of single accesses. Positions are 8 bits wide
 * and begin just below their wrap.
 *
 * Promela is sequentially consistent. What a memory order forbids is therefore written out: each
 * seeded bug performs two accesses in the order that the weaker memory order would allow.
 */
#define CAPACITY 2
#define FRAMES 7
#define START 254

#define low(position) ((position) & 255)

byte write_pos = START;
byte read_pos = START;
byte frames[CAPACITY];

active proctype Producer() {
  short position = START;
  byte read_seen = START;
  do
  :: position < START + FRAMES ->
    if
    :: low(position - read_seen) == CAPACITY -> read_seen = read_pos
    :: else
    fi;
    if
    :: low(position - read_seen) < CAPACITY ->
#ifdef PRODUCER_RELEASE_RELAXED
      write_pos = low(position + 1);
      frames[position % CAPACITY] = low(position);
#else
      frames[position % CAPACITY] = low(position);
      write_pos = low(position + 1);
#endif
      position++
    :: else
    fi
  :: else -> break
  od
}

active proctype Consumer() {
  short position = START;
  byte write_seen = START;
  byte frame;
  do
  :: position < START + FRAMES ->
    if
    :: write_seen == low(position) -> write_seen = write_pos
    :: else
    fi;
    if
    :: write_seen != low(position) ->
#ifdef CONSUMER_RELEASE_RELAXED
      read_pos = low(position + 1);
      frame = frames[position % CAPACITY];
#else
      frame = frames[position % CAPACITY];
      read_pos = low(position + 1);
#endif
      assert(frame == low(position));
      position++
    :: else
    fi
  :: else -> break
  od
}
