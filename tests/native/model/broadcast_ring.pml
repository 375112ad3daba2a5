/*
 * The broadcast ring's protocol (wasm/core/broadcast_ring.h): one writer, two readers, two slots of
 * two words each, every interleaving of single accesses. Positions are 8 bits wide and begin just
 * below their wrap.
 *
 * Promela is sequentially consistent. What a memory order forbids is therefore written out: each
 * seeded bug performs two accesses in the order that the weaker memory order would allow.
 */
#define CAPACITY 2
#define WRITES 5
#define READS 2
#define START 254

#define low(position) ((position) & 255)
#define slot(position) (2 * ((position) % CAPACITY))

byte reserve_pos = START;
byte commit_pos = START;
byte words[2 * CAPACITY];

proctype Writer() {
  short position = START;
  do
  :: position < START + WRITES ->
#ifdef RESERVE_ACQUIRE_RELAXED
    words[slot(position)] = low(position);
    reserve_pos = low(position + 1);
#else
    reserve_pos = low(position + 1);
    words[slot(position)] = low(position);
#endif
#ifdef COMMIT_RELEASE_RELAXED
    commit_pos = low(position + 1);
    words[slot(position) + 1] = low(position);
#else
    words[slot(position) + 1] = low(position);
    commit_pos = low(position + 1);
#endif
    position++
  :: else -> break
  od
}

proctype Reader() {
  short position = START;
  short delivered = 0;
  short dropped = 0;
  short unread;
  short reserved;
  byte first;
  byte second;
  byte reads = 0;
  do
  :: reads < READS ->
    reads++;
    unread = low(commit_pos - position);
    if
    :: unread > 0 ->
      reserved = low(reserve_pos - position);
      if
      :: unread > CAPACITY || reserved > CAPACITY -> goto lapped
      :: else
      fi;
      first = words[slot(position)];
#ifdef CONFIRM_RELEASE_RELAXED
      reserved = low(reserve_pos - position);
      second = words[slot(position) + 1];
#else
      second = words[slot(position) + 1];
      reserved = low(reserve_pos - position);
#endif
#ifndef NO_CONFIRM
      if
      :: reserved > CAPACITY -> goto lapped
      :: else
      fi;
#endif
      assert(first == low(position) && second == low(position));
      position++;
      delivered++;
      goto next;
lapped:
      unread = low(commit_pos - position);
      assert(unread >= 1);
      dropped = dropped + unread - 1;
      position = position + unread - 1
    :: else
    fi;
next:
    skip
  :: else -> break
  od;
  assert(delivered + dropped + low(commit_pos - position) == low(commit_pos - START))
}

init {
  atomic {
    run Writer();
    run Reader();
    run Reader()
  }
}
