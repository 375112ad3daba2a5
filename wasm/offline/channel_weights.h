// What each channel of a file counts for in its loudness.
#ifndef QUANTA_OFFLINE_CHANNEL_WEIGHTS_H_
#define QUANTA_OFFLINE_CHANNEL_WEIGHTS_H_

#include <cstdint>
#include <span>

namespace quanta {

// Writes the weight of each channel's power after ITU-R BS.1770-4, table 4: 1.41 from 60 to 120
// degrees to the side of the listener, 1 elsewhere, 0 for the low-frequency channel. The mask is
// dwChannelMask of a WAVE file: the channels lie, in order, at the places of its set bits. Channels
// beyond them have no known place and count as 1.
void channel_weights(uint32_t channel_mask, std::span<double> weights);

}  // namespace quanta

#endif  // QUANTA_OFFLINE_CHANNEL_WEIGHTS_H_
