// Printed by wasm/abi/emit_layout_ts.cpp from wasm/shared/layout.h: `npm run gen`. Do not edit.

/** Constants that both sides share. */
export const constants = {
  /** Changes whenever this file changes the meaning of the shared memory. */
  abiVersion: 1,
  /** Size of the engine's own memory in 64 KiB pages, before init. */
  memoryPages: 768,
  /** First byte of the arena. Below it lie the module's own data and stack. */
  arenaBase: 65536,
  /** Largest quantum that process_quantum accepts, in frames. */
  maxQuantumFrames: 16384,
  /** Quantum of a host that offers no choice, in frames. */
  defaultQuantumFrames: 128,
  /** Lowest sample rate of a context, in hertz. */
  minRateHz: 3000,
  /** Highest sample rate of a context, in hertz. */
  maxRateHz: 768000,
  /** Inputs of the mixer. */
  inputs: 8,
  /** Channels of an input; a mono source fills both. */
  inputChannels: 2,
  /** Input ring that a session asks for, in frames. */
  inputCapacityFrames: 16384,
  /** The mix ring holds at least this much, in seconds, at every rate. */
  mixRingSec: 5,
  /** Voice ring, in chunks: 32.8 s. */
  voiceRingChunks: 1024,
  /** Length of the scope ring, in frames. */
  scopeFrames: 32768,
  /** Planes of the scope ring: left, right. */
  scopeChannels: 2,
  /** Stands for the master where an input is named. */
  master: 255,
  /** Stands for the analysis where an input is named. */
  analysis: 254,
  /** Slots of the command queue and of the response queue. */
  queueSlots: 256,
  /** Words that different threads write lie at least this far apart. */
  cacheLineBytes: 64,
  /** Frames of a chunk of the voice ring. */
  chunkFrames: 512,
  /** Sample rate of the voice ring, in hertz. */
  chunkRateHz: 16000,
  /** Listeners of one ring that have a place in its listener table. */
  listeners: 64,
  /** Longest name of a listener, in bytes of UTF-8. */
  listenerNameBytes: 64,
  /** The long window, in frames. */
  analysisFrames: 32768,
  /** The short window, in frames. */
  shortAnalysisFrames: 4096,
  /** Results that lie in memory: the newest and one more. */
  analysisSlots: 2,
  /** Partials that a result holds at most. */
  analysisPartials: 16,
  /** Ring of a push input, in frames: 170 ms at 48 kHz. */
  pushRingFrames: 8192,
  /** Largest target of a ring's fill, in frames. */
  maxPushTargetFrames: 2730,
  /** A source's rate is at most this many times the context's. */
  maxPushRateRatio: 8,
  /** Room for the largest table that such a ratio has: 43104, in lines. */
  pushTableFloats: 43136,
  /** Room for one channel of a resampler's longest line, in frames. */
  pushLineFrames: 1600,
  /** Changes whenever this file changes the meaning of a recording. */
  flightSchema: 1,
  /** Size of a segment. */
  flightSegmentBytes: 2097152,
  /** Segments of a full recorder: 30 s of all inputs in stereo at 48 kHz. */
  flightSegments: 56,
  /** Its memory, in 64 KiB pages. */
  flightPages: 1792,
  /** What is older is given up, in seconds. */
  flightHoldSec: 30,
  /** Bit of an entry's first word at which its kind begins. */
  flightKindShift: 24,
  /** Below it the buckets have one width, in nanoseconds. */
  deadlineLinearNs: 512,
  /** Buckets of an octave: each is at most 1.6 percent wide. */
  deadlineOctaveBuckets: 64,
  /** Buckets: up to 2^32 ns. */
  deadlineBuckets: 1536,
  /** One quantum in so many is measured unless more are asked for. */
  deadlineEvery: 120,
  /** Events that the ring of audio events holds. */
  audioEvents: 64,
  /** Largest count of an input's watch words: larger ones may make garbage. */
  maxWatchFrames: 1073741823,
} as const;

/** Status codes of the engine's ABI. */
export const engineStatus = {
  /** Done. */
  ok: 0,
  /** init has not succeeded yet. */
  notInitialized: 1,
  /** The capacity is 0 or not a power of two. */
  badCapacity: 2,
  /** There is no memory left for what is asked. */
  outOfMemory: 3,
  /** n is 0, above kMaxQuantumFrames or larger than the input ring. */
  badFrameCount: 4,
  /** Fewer than n unread frames lie between the read and the write position. */
  underrun: 5,
  /** The sample rate is not a number from 3000 to 768000. */
  badRate: 6,
  /** An argument is outside its range. */
  badArgument: 7,
  /** What lies there is no file of the voice detector's weights, or damaged. */
  badWeights: 8,
} as const;

/** Indices of the scope's Int32 control words. */
export const scopeWord = {
  /** Frames written, low word: the scope's write position, masked on use. */
  writePos: 0,
  /** Calls of process(), low word. */
  quantumCount: 1,
  /** Frames written, high word. */
  writePosHigh: 2,
  /** Calls of process(), high word. */
  quantumCountHigh: 3,
  /** Frames of the last quantum. */
  quantumFrames: 4,
  /** Channels that input 0 had in the last quantum; 0: nothing connected. */
  channelCount: 5,
  /** Frames the context's clock passed without a call of process(), low word. */
  missedFrames: 6,
  /** Frames the context's clock passed without a call, high word. */
  missedFramesHigh: 7,
  /** The context's clock at the first call of process(), low word. */
  firstFrame: 8,
  /** The context's clock at the first call of process(), high word. */
  firstFrameHigh: 9,
} as const;

/** Number of the scope's control words. */
export const scopeWordCount = 10;

/** Words of the directory, which begins the arena: indices of Uint32 words. */
export const directoryWord = {
  /** Telemetry, see QUANTA_TELEMETRY. */
  telemetry: 0,
  /** kInputs words: channels of each input in this quantum; 0: not connected. */
  inputChannels: 1,
  /** The mix of the last quantum: kInputChannels planes of kMaxQuantumFrames. */
  output: 2,
  /** Broadcast ring of the mix, at the context's rate. */
  mixRing: 3,
  /** Broadcast ring of chunks at kChunkRateHz. */
  voiceRing: 4,
  /** Slot queue of commands, from the page. */
  commands: 5,
  /** Slot queue of responses, to the page. */
  responses: 6,
  /** The parameters as they are: see ParameterBlock. */
  parameters: 7,
  /** Meters of each input, then of the master: see QUANTA_METERS. */
  meters: 8,
  /** Sample rings of the push inputs, one after the other. */
  pushRings: 9,
  /** The push inputs: kInputs blocks, see PushWords in push_layout.h. */
  pushInputs: 10,
  /** Results of the analysis: see analysis_layout.h. */
  analysis: 11,
  /** The flight recorder: see FlightState in flight_layout.h. */
  flight: 12,
  /** What the quanta cost: see deadline_layout.h. */
  deadline: 13,
  /** Room for the file of the voice detector's weights: see voice_layout.h. */
  vadFile: 14,
  /** Broadcast rings of its probabilities: of the inputs, of the mix; see voice_layout.h. */
  vadRing: 15,
} as const;

/** Fields of the telemetry block: byte offsets from its start. */
export const telemetryFields = {
  /** Seqlock: odd while a quantum is being published. */
  sequence: { type: 'u32', offset: 0, unit: '' },
  /** Length of the last quantum. */
  quantumFrames: { type: 'u32', offset: 4, unit: 'frames' },
  /** Quanta processed since init. */
  quantumCount: { type: 'u64', offset: 8, unit: 'quanta' },
  /** Frames consumed from the input ring since init. */
  frameCount: { type: 'u64', offset: 16, unit: 'frames' },
  /** Frames overwritten in the input ring before being read. */
  droppedFrames: { type: 'u64', offset: 24, unit: 'frames' },
  /** Frames that the clock passed over: silence on the bus. */
  gapFrames: { type: 'u64', offset: 32, unit: 'frames' },
  /** The context's clock at the end of the last quantum. */
  nextFrame: { type: 'u64', offset: 40, unit: 'frames' },
  /** NaN and infinite samples met and taken as 0 by the meters. */
  badSamples: { type: 'u64', offset: 48, unit: 'samples' },
  /** Largest magnitude in the last quantum, left. */
  quantumPeakLeft: { type: 'f32', offset: 56, unit: 'linear' },
  /** Largest magnitude in the last quantum, right. */
  quantumPeakRight: { type: 'f32', offset: 60, unit: 'linear' },
  /** Root mean square of the last quantum, left. */
  quantumRmsLeft: { type: 'f32', offset: 64, unit: 'linear' },
  /** Root mean square of the last quantum, right. */
  quantumRmsRight: { type: 'f32', offset: 68, unit: 'linear' },
  /** Peak meter: instant attack, falls 20 dB in 1.7 s, left. */
  peakLeft: { type: 'f32', offset: 72, unit: 'linear' },
  /** Peak meter: instant attack, falls 20 dB in 1.7 s, right. */
  peakRight: { type: 'f32', offset: 76, unit: 'linear' },
  /** RMS meter: mean square smoothed with 300 ms, left. */
  rmsLeft: { type: 'f32', offset: 80, unit: 'linear' },
  /** RMS meter: mean square smoothed with 300 ms, right. */
  rmsRight: { type: 'f32', offset: 84, unit: 'linear' },
} as const;

/** Size of the telemetry block in bytes. */
export const telemetryBytes = 88;

/** Words of a SampleRing's header: indices of Uint32 words from its start. */
export const sampleRingWord = {
  /** Frames of one plane, a power of two. Unit: frames. */
  capacity: 0,
  /** Planes behind the header, one per channel. Unit: planes. */
  channels: 1,
  /** Frames pushed. Written by the producer only. Unit: frames. */
  writePos: 16,
  /** Frames popped. Written by the consumer only. Unit: frames. */
  readPos: 32,
} as const;

/** Size of the header in bytes: the data begins here. */
export const sampleRingHeaderBytes = 192;

/** Words of a broadcast ring's header: indices of Uint32 words from its start. */
export const broadcastRingWord = {
  /** Slots, a power of two. Unit: slots. */
  capacity: 0,
  /** Frames of one slot: 1 in a frame ring. Unit: frames. */
  slotFrames: 1,
  /** Planes behind the meta words, one per channel. Unit: planes. */
  channels: 2,
  /** Words of a slot that are not samples: 0 in a frame ring. Unit: words. */
  metaWords: 3,
  /** Sample rate. Unit: Hz. */
  rateHz: 4,
  /** End of the slots whose writing has begun, low word. Unit: slots. */
  reservePos: 16,
  /** Slots published, low word. Unit: slots. */
  commitPos: 17,
  /** Slots published divided by 2^31: bit 0 is bit 31 above. Unit: 2^31 slots. */
  commitHalf: 18,
} as const;

/** Size of the header in bytes: the data begins here. */
export const broadcastRingHeaderBytes = 128;

/** Meta words of a chunk: indices of Uint32 words; a 64-bit float takes two. */
export const chunkMetaWord = {
  /** Time of the first sample on the audio clock. Unit: ms. */
  timestampMs: 0,
} as const;

/** Number of a chunk's meta words. */
export const chunkMetaWords = 2;

/** Words of the shared clock: indices of Uint32 words; a 64-bit float takes two. */
export const clockWord = {
  /** Seqlock: odd while the mapping is being written; 0: there is none. */
  sequence: 0,
  /** 1: nothing is published any more. */
  closed: 1,
  /** A moment on the audio clock. Unit: ms. */
  audioMs: 2,
  /** The same moment: performance.timeOrigin + performance.now(). Unit: ms. */
  wallMs: 4,
  /** Slope of the mapping at that moment. Unit: ms/ms. */
  wallPerAudio: 6,
} as const;

/** Size of the shared clock in bytes. */
export const clockBytes = 32;

/** Words of a place in a listener table: indices of Uint32 words, counters take two. */
export const listenerWord = {
  /** Counts claims and releases: odd while the place is taken. */
  claim: 0,
  /** Counts hand-overs: a listener whose epoch is over writes no more. */
  epoch: 1,
  /** Seqlock: odd while the figures are being written. */
  sequence: 2,
  /** Length of the name, which follows the words. Unit: bytes. */
  nameBytes: 3,
  /** Next slot to read. Unit: slots. */
  position: 4,
  /** Handed out. Unit: slots. */
  delivered: 6,
  /** Lost or passed over. Unit: slots. */
  dropped: 8,
  /** Longest time the last slot waited to be seen, plus 1; 0: unknown. Unit: us. */
  handOffUs: 10,
  /** What the consumer reported of its last work, plus 1; 0: nothing. Unit: us. */
  inferenceUs: 11,
} as const;

/** Where the name begins, in bytes. */
export const listenerNameOffset = 48;

/** Size of a place in bytes. */
export const listenerBytes = 128;

/** Words of the head of the analysis: indices of Uint32 words. */
export const analysisHeadWord = {
  /** Slot that was finished last. */
  newest: 0,
} as const;

/** Words of a result: indices of Uint32 words; 64-bit numbers take two. */
export const analysisWord = {
  /** Seqlock: odd while the slot is being written; 0: never was. */
  sequence: 0,
  /** Length of the window; the bins are half of it and one more. Unit: frames. */
  windowFrames: 1,
  /** From this window to the next. Unit: frames. */
  hopFrames: 2,
  /** What was analysed: an input, or kInputs for the mix. */
  input: 3,
  /** Windows analysed before this one. Unit: windows. */
  number: 4,
  /** The window's centre on the audio clock. Unit: frames. */
  centreFrame: 6,
  /** Of the harmonic series; 0: no partial. Unit: Hz. */
  fundamentalHz: 8,
  /** Its standard deviation. Unit: Hz. */
  fundamentalErrorHz: 10,
  /** B of f n sqrt(1 + B n^2); 0: not told from 0. */
  inharmonicity: 12,
  /** Its standard deviation. */
  inharmonicityError: 14,
  /** Partials that follow, rising in frequency. Unit: partials. */
  partialCount: 16,
  /** 0. */
  reserved: 17,
  /** The first partial. */
  partials: 18,
} as const;

/** Words of a partial: indices of Uint32 words; 64-bit numbers take two. */
export const partialWord = {
  /** Frequency. Unit: Hz. */
  frequencyHz: 0,
  /** Its standard deviation under the measured noise. Unit: Hz. */
  errorHz: 2,
  /** A sine from -1 to 1 has 0. Unit: dBFS. */
  levelDbfs: 4,
  /** Of a cosine at the window's centre, from -pi to pi. Unit: rad. */
  phase: 5,
  /** Its number in the harmonic series; 0: none. */
  harmonic: 6,
  /** 0. */
  reserved: 7,
} as const;

/** Number of a partial's words. */
export const partialWords = 8;

/** Where the first result begins. */
export const analysisSlotsOffset = 64;
/** From one result to the next. */
export const analysisSlotBytes = 66176;
/** Where the levels of a result begin. */
export const analysisLevelsOffset = 584;

/** Who decides how much is in a push input's ring. */
export const pushPace = {
  /** The source pushes in real time by a clock of its own: it is followed. */
  sourceClock: 0,
  /** The source fills up what was read, as a decoder does: the ratio is exact. */
  onDemand: 1,
} as const;

/** Fields of a push input that the engine writes: byte offsets from its start. */
export const pushFields = {
  /** Seqlock: odd while the words are being written. */
  sequence: { type: 'u32', offset: 0, unit: '' },
  /** Counts openings and closings: odd while it is open. */
  epoch: { type: 'u32', offset: 4, unit: '' },
  /** The source's nominal rate. */
  rateHz: { type: 'u32', offset: 8, unit: 'Hz' },
  /** 1 or 2. */
  channels: { type: 'u32', offset: 12, unit: 'planes' },
  /** Mean of the ring's fill that is aimed at. */
  targetFrames: { type: 'u32', offset: 16, unit: 'frames' },
  /** See QUANTA_PUSH_PACES. */
  pace: { type: 'u32', offset: 20, unit: '' },
  /** 1: sound; 0: silence until enough has come. */
  playing: { type: 'u32', offset: 24, unit: '' },
  /** 1: the mixer gets the source's bits. */
  copying: { type: 'u32', offset: 28, unit: '' },
  /** Frames taken from the ring, those that were skipped too. */
  takenFrames: { type: 'u64', offset: 32, unit: 'frames' },
  /** Frames left out because the source had run far ahead. */
  skippedFrames: { type: 'u64', offset: 40, unit: 'frames' },
  /** Times that frames were skipped. */
  overruns: { type: 'u32', offset: 48, unit: '' },
  /** Times that the ring was empty when a frame was due. */
  underruns: { type: 'u32', offset: 52, unit: '' },
  /** Frames of silence at the context's rate that underruns cost. */
  gapFrames: { type: 'u64', offset: 56, unit: 'frames' },
  /** Mean of the ring's fill just before a quantum. */
  fillFrames: { type: 'f32', offset: 64, unit: 'frames' },
  /** How much faster than nominal the source is read. */
  correctionPpm: { type: 'f32', offset: 68, unit: 'ppm' },
} as const;

/** Words of it that its producer writes: indices of Uint32 words, counters take two. */
export const pushProducerWord = {
  /** Frames put into the ring. Unit: frames. */
  pushedFrames: 32,
  /** Frames that the producer dropped for want of room. Unit: frames. */
  droppedFrames: 34,
  /** Times that it dropped some. */
  refusals: 36,
} as const;

/** Size of a push input in bytes. */
export const pushBytes = 192;

/** Header of a segment of the flight recorder: indices of Uint32 words. */
export const flightSegmentWord = {
  /** Segments begun before it, and 1; 0: never used. Changes when it is given up. */
  number: 0,
  /** Words of the log that are whole. Unit: words. */
  committed: 1,
  /** 1: nothing is missing between the segment before and this one. */
  continues: 2,
  /** The audio clock at the checkpoint, low word. Unit: frames. */
  firstFrame: 3,
  /** The audio clock at the checkpoint, high word. Unit: frames. */
  firstFrameHigh: 4,
} as const;

/** Size of the header in bytes: the data begins here. */
export const flightSegmentHeaderBytes = 64;

/** Words of a quantum in the log, before its samples. */
export const flightQuantumWord = {
  /** The audio clock at its first frame, low word. Unit: frames. */
  frame: 0,
  /** The audio clock at its first frame, high word. Unit: frames. */
  frameHigh: 1,
  /** Its length. Unit: frames. */
  frames: 2,
  /** Two bits for each input, from bit 0 on: its channels. */
  channels: 3,
  /** What the quantum before it cost, if the host said so; 0: it did not. Unit: ns. */
  lastCostNs: 4,
} as const;

/** Number of these words. */
export const flightQuantumWords = 5;

/** Words of what a quantum left. */
export const flightResultWord = {
  /** Digest of the mix, left then right. */
  mixDigest: 0,
  /** Digest of all chunks of the voice since the start. */
  voiceDigest: 1,
  /** Digest of what the telemetry and the meters show. */
  metersDigest: 2,
  /** Digest of the newest analysis; 0: there is none. */
  analysisDigest: 3,
  /** The centre of its window, low word. Unit: frames. */
  analysisCentre: 4,
  /** The centre of its window, high word. Unit: frames. */
  analysisCentreHigh: 5,
} as const;

/** Number of these words. */
export const flightResultWords = 6;

/** Words of the recorder's block: indices of Uint32 words. */
export const flightStateWord = {
  /** That there is room for; 0: nothing is recorded. Unit: segments. */
  segments: 0,
  /** That were ever begun. Unit: segments. */
  used: 1,
  /** Index of the one that is being written. */
  current: 2,
  /** Where the first segment begins. Unit: bytes. */
  base: 3,
  /** What the last quantum left. */
  result: 4,
} as const;

/** Kinds of entries in the log. */
export const flightEntry = {
  /** The engine's state before the first quantum of the segment. */
  checkpoint: 1,
  /** See QUANTA_FLIGHT_QUANTUM; then the samples of each channel, f32. */
  quantum: 2,
  /** The words of a command; its frame is the one at which it took effect. */
  command: 3,
  /** The quantum has ended: see QUANTA_FLIGHT_RESULT. Missing, if it never did. */
  done: 4,
} as const;

/** What a quantum goes through, in this order. */
export const stage = {
  /** Takes over what the host and the page have set. */
  begin: 0,
  /** Renders the push inputs. */
  push: 1,
  /** The flight recorder: what comes in. */
  record: 2,
  /** Commands, effects, mixer, meters of the strips. */
  mix: 3,
  /** Mix ring, resampler, voice ring. */
  publish: 4,
  /** Telemetry and the meters that are shown. */
  meter: 5,
  /** This quantum's part of the analysis. */
  analyze: 6,
  /** This quantum's part of the voice detection. */
  detect: 7,
  /** The flight recorder: what came out. */
  end: 8,
} as const;

/** What reads the time round a quantum. */
export const deadlineClock = {
  /** Nothing does. */
  none: 0,
  /** Temporal.Now, in steps of some microseconds. */
  temporal: 1,
  /** A Worker that writes performance.now() all the time. */
  worker: 2,
  /** Date.now() alone: good for a mean. */
  date: 3,
} as const;

/** Fields of the deadline meter: byte offsets from its start. */
export const deadlineFields = {
  /** Seqlock: odd while the words are being written. */
  sequence: { type: 'u32', offset: 0, unit: '' },
  /** See QUANTA_DEADLINE_CLOCKS. */
  clock: { type: 'u32', offset: 4, unit: '' },
  /** From one reading of the clock to the next larger one. */
  stepNs: { type: 'u32', offset: 8, unit: 'ns' },
  /** 1: the browser moves each step of the clock at random. */
  jittered: { type: 'u32', offset: 12, unit: '' },
  /** One quantum in so many is measured, on average. */
  every: { type: 'u32', offset: 16, unit: 'quanta' },
  /** Duration of the last quantum: what it may cost. */
  budgetNs: { type: 'u32', offset: 20, unit: 'ns' },
  /** Quanta processed, measured or not. */
  quanta: { type: 'u64', offset: 24, unit: 'quanta' },
  /** Quanta whose cost is in the buckets. */
  measured: { type: 'u64', offset: 32, unit: 'quanta' },
  /** Quanta that were to be measured and whose clock was not sound. */
  refused: { type: 'u64', offset: 40, unit: 'quanta' },
  /** Measured quanta that cost more than their duration. */
  overBudget: { type: 'u64', offset: 48, unit: 'quanta' },
  /** The audio clock at the last one of these. */
  lastOverFrame: { type: 'u64', offset: 56, unit: 'frames' },
  /** Sum of the costs in the buckets. */
  sumNs: { type: 'u64', offset: 64, unit: 'ns' },
  /** Largest of them. */
  maxNs: { type: 'u32', offset: 72, unit: 'ns' },
  /** 0. */
  reserved: { type: 'u32', offset: 76, unit: '' },
  /** Quanta that Date.now() was read round. */
  dateQuanta: { type: 'u64', offset: 80, unit: 'quanta' },
  /** Sum of what it advanced by. */
  dateSumMs: { type: 'u64', offset: 88, unit: 'ms' },
  /** Sum of the squares of that. */
  dateSquareMs: { type: 'u64', offset: 96, unit: 'ms2' },
} as const;

/** Where the counters of its buckets begin, in bytes. */
export const deadlineBucketsOffset = 104;
/** Size of the block in bytes. */
export const deadlineBytes = 6248;

/** What a clock Worker and the audio thread share: indices of Int32 words. */
export const clockWorkerWord = {
  /** performance.now() in microseconds, modulo 2^32. */
  micros: 0,
  /** Counts what was written to it: a clock that stands still shows. */
  beats: 1,
  /** Written by the page. 1: the Worker is to end. */
  stop: 2,
} as const;

/** Number of these words. */
export const clockWorkerWords = 3;

/** Parameters of an input's strip; a switch is on from 0.5. */
export const stripParameters = {
  /** Fader; -100 is shut. */
  gainDb: { index: 0, unit: 'dB', initial: 0, min: -100, max: 24 },
  /** Left to right, constant power. */
  pan: { index: 1, unit: '', initial: 0, min: -1, max: 1 },
  /** Wins over solo. */
  mute: { index: 2, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** While any input is solo, the others are silent. */
  solo: { index: 3, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** High-pass of 12 dB per octave. */
  highPassOn: { index: 4, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** Its corner. */
  highPassHz: { index: 5, unit: 'Hz', initial: 80, min: 10, max: 20000 },
  /** Band 1, low shelf: corner. */
  lowShelfHz: { index: 6, unit: 'Hz', initial: 100, min: 10, max: 20000 },
  /** Band 1: gain. */
  lowShelfDb: { index: 7, unit: 'dB', initial: 0, min: -24, max: 24 },
  /** Band 1: Q. */
  lowShelfQ: { index: 8, unit: '', initial: 0.7071068, min: 0.1, max: 20 },
  /** Band 2, peak: centre. */
  lowMidHz: { index: 9, unit: 'Hz', initial: 400, min: 10, max: 20000 },
  /** Band 2: gain. */
  lowMidDb: { index: 10, unit: 'dB', initial: 0, min: -24, max: 24 },
  /** Band 2: Q. */
  lowMidQ: { index: 11, unit: '', initial: 1, min: 0.1, max: 20 },
  /** Band 3, peak: centre. */
  highMidHz: { index: 12, unit: 'Hz', initial: 2500, min: 10, max: 20000 },
  /** Band 3: gain. */
  highMidDb: { index: 13, unit: 'dB', initial: 0, min: -24, max: 24 },
  /** Band 3: Q. */
  highMidQ: { index: 14, unit: '', initial: 1, min: 0.1, max: 20 },
  /** Band 4, high shelf: corner. */
  highShelfHz: { index: 15, unit: 'Hz', initial: 8000, min: 10, max: 20000 },
  /** Band 4: gain. */
  highShelfDb: { index: 16, unit: 'dB', initial: 0, min: -24, max: 24 },
  /** Band 4: Q. */
  highShelfQ: { index: 17, unit: '', initial: 0.7071068, min: 0.1, max: 20 },
  /** Noise gate. */
  gateOn: { index: 18, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** Opens at this level. */
  gateThresholdDb: { index: 19, unit: 'dBFS', initial: -50, min: -120, max: 0 },
  /** Gain while it is shut. */
  gateRangeDb: { index: 20, unit: 'dB', initial: -60, min: -100, max: 0 },
  /** Time constant of opening. */
  gateAttackMs: { index: 21, unit: 'ms', initial: 1, min: 0.1, max: 200 },
  /** Stays open this long. */
  gateHoldMs: { index: 22, unit: 'ms', initial: 50, min: 0, max: 2000 },
  /** Time constant of shutting. */
  gateReleaseMs: { index: 23, unit: 'ms', initial: 100, min: 1, max: 4000 },
  /** Compressor. */
  compressorOn: { index: 24, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** Begins at this level. */
  compressorThresholdDb: { index: 25, unit: 'dBFS', initial: -20, min: -60, max: 0 },
  /** Input to output above the threshold, in dB. */
  compressorRatio: { index: 26, unit: '', initial: 3, min: 1, max: 20 },
  /** Width of the transition. */
  compressorKneeDb: { index: 27, unit: 'dB', initial: 6, min: 0, max: 24 },
  /** Time constant of the reduction. */
  compressorAttackMs: { index: 28, unit: 'ms', initial: 10, min: 0.1, max: 200 },
  /** Time constant of its end. */
  compressorReleaseMs: { index: 29, unit: 'ms', initial: 150, min: 5, max: 4000 },
  /** Gain after it. */
  compressorMakeupDb: { index: 30, unit: 'dB', initial: 0, min: 0, max: 24 },
  /** Input whose level drives it, or 8: its own. */
  compressorKey: { index: 31, unit: '', initial: 8, min: 0, max: 8 },
} as const;

/** Parameters of the master. */
export const masterParameters = {
  /** Master fader; -100 is shut. */
  gainDb: { index: 0, unit: 'dB', initial: 0, min: -100, max: 24 },
  /** Look-ahead limiter; it delays the mix. */
  limiterOn: { index: 1, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** No true peak of the mix lies above it. */
  limiterCeilingDb: { index: 2, unit: 'dBTP', initial: -1, min: -20, max: 0 },
  /** Time constant of its gain's way back. */
  limiterReleaseMs: { index: 3, unit: 'ms', initial: 100, min: 10, max: 2000 },
} as const;

/** Parameters of the analysis. */
export const analysisParameters = {
  /** Off, it costs nothing. */
  on: { index: 0, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** What is analysed: an input as it arrives, or 8: the mix. */
  input: { index: 1, unit: '', initial: 8, min: 0, max: 8 },
  /** 4096 frames instead of 32768. */
  shortWindow: { index: 2, unit: 'switch', initial: 0, min: 0, max: 1 },
  /** From one window to the next. */
  hopFrames: { index: 3, unit: 'frames', initial: 2048, min: 256, max: 65536 },
  /** Maximum-likelihood refinement of every partial. */
  refine: { index: 4, unit: 'switch', initial: 1, min: 0, max: 1 },
} as const;

/** The parameters in force: indices of 32-bit words; one strip after the other. */
export const parameterWord = {
  /** Floats of the first strip. */
  strips: 0,
  /** Floats of the master. */
  master: 256,
  /** Floats of the analysis. */
  analysis: 260,
  /** For each input: 1, it is heard. */
  started: 265,
} as const;

/** Size of the parameters in 32-bit words. */
export const parameterWords = 273;

/** Meters of one input or of the master: indices of Float32 words. */
export const meterWord = {
  /** Peak: instant attack, falls 20 dB in 1.7 s, left. Unit: linear. */
  peakLeft: 0,
  /** Peak: instant attack, falls 20 dB in 1.7 s, right. Unit: linear. */
  peakRight: 1,
  /** RMS: mean square smoothed with 300 ms, left. Unit: linear. */
  rmsLeft: 2,
  /** RMS: mean square smoothed with 300 ms, right. Unit: linear. */
  rmsRight: 3,
  /** VU ballistics after IEC 60268-17: a sine's peak, left. Unit: linear. */
  vuLeft: 4,
  /** VU ballistics after IEC 60268-17: a sine's peak, right. Unit: linear. */
  vuRight: 5,
  /** Largest true peak since the last reset, BS.1770-4, left. Unit: linear. */
  truePeakLeft: 6,
  /** Largest true peak since the last reset, BS.1770-4, right. Unit: linear. */
  truePeakRight: 7,
  /** Loudness of the last 400 ms; minus infinity: silence. Unit: LUFS. */
  momentaryLufs: 8,
  /** Loudness of the last 3 s. Unit: LUFS. */
  shortTermLufs: 9,
  /** Gated loudness since the last reset. Unit: LUFS. */
  integratedLufs: 10,
  /** Loudness range since the last reset, EBU Tech 3342. Unit: LU. */
  loudnessRangeLu: 11,
  /** What compressor or limiter takes away now; 0: nothing. Unit: dB. */
  reductionDb: 12,
  /** Gain of the gate now; 1 for the master. Unit: linear. */
  gateGain: 13,
} as const;

/** Number of meters of one input. */
export const meterWords = 14;

/** Kinds of commands. */
export const commandKind = {
  /** Sets a parameter of an input or of the master. */
  setParameter: 1,
  /** Puts an input at its initial parameters and lets it be heard. */
  addInput: 2,
  /** Silences an input and puts it at its initial parameters. */
  removeInput: 3,
  /** Lets an input be heard. */
  startInput: 4,
  /** Silences an input and keeps its parameters. */
  stopInput: 5,
  /** Starts all true peak and loudness measurements anew. */
  resetMeters: 6,
  /** Publishes every meter in the quantum that answers it. */
  queryMeters: 7,
} as const;

/** How a command ended. */
export const commandStatus = {
  /** Took effect at the frame that the response states. */
  applied: 0,
  /** There is no command of this kind. */
  unknownCommand: 1,
  /** There is no such input. */
  badInput: 2,
  /** There is no such parameter. */
  badParameter: 3,
  /** The value is no number or outside the parameter's range. */
  badValue: 4,
} as const;

/** Words of a slot queue's header: indices of Uint32 words from its start. */
export const slotQueueWord = {
  /** Slots behind the header, a power of two. Unit: slots. */
  capacity: 0,
  /** Slots written. Written by the producer only. Unit: slots. */
  writePos: 16,
  /** Slots read. Written by the consumer only. Unit: slots. */
  readPos: 32,
} as const;

/** Size of the header in bytes: the data begins here. */
export const slotQueueHeaderBytes = 192;

/** Words of a command. */
export const commandWord = {
  /** The sender's number for it: the response carries it. */
  tag: 0,
  /** See QUANTA_COMMANDS. */
  kind: 1,
  /** Input from 0 on, or kMaster. */
  input: 2,
  /** For set_parameter: see the parameters of a strip and of the master. */
  parameter: 3,
  /** For set_parameter: a float. */
  value: 4,
  /** The audio clock at which it takes effect, low word; a past one means at once. */
  frame: 5,
  /** The audio clock at which it takes effect, high word. */
  frameHigh: 6,
  /** 0. */
  reserved: 7,
} as const;

/** Number of a command's words. */
export const commandWords = 8;

/** Words of a response. */
export const responseWord = {
  /** The command's. */
  tag: 0,
  /** See QUANTA_COMMAND_STATUS. */
  status: 1,
  /** The audio clock at which it took effect, low word. */
  frame: 2,
  /** The audio clock at which it took effect, high word. */
  frameHigh: 3,
} as const;

/** Number of a response's words. */
export const responseWords = 4;

/** Words in front of the watch: indices of Int32 words. */
export const watchWord = {
  /** Audio events since the start: unsigned and free-running. */
  eventCount: 0,
} as const;

/** Words of an input's watch: indices of Int32 words. */
export const inputWatchWord = {
  /** Frames since it last had a channel, plus 1; 0: it never had one. */
  absentFrames: 0,
  /** Frames of the quanta since the last one with sound, plus 1; 0: there was none. */
  zeroFrames: 1,
} as const;

/** Words of an audio event: indices of Int32 words. */
export const audioEventWord = {
  /** See QUANTA_AUDIO_EVENT_KINDS. */
  kind: 0,
  /** The input from 0 on; 0 where the event is none of an input's. */
  input: 1,
  /** The context's clock at its first frame, low word. */
  frame: 2,
  /** The context's clock at its first frame, high word. */
  frameHigh: 3,
  /** Its length in frames, at most 2^31 - 1. */
  frames: 4,
} as const;

/** What an audio event tells. */
export const audioEventKind = {
  /** The context's clock passed these frames without a call of process(). */
  missed: 1,
  /** An input that has sound before and after them had nothing but zeros. */
  zeroRun: 2,
  /** An input that has channels before and after them had none. */
  absent: 3,
} as const;

/** Numbers of words: in front, of an input, of an event. */
export const watchSizes = { words: 1, input: 2, event: 5 } as const;
