#include "ring_cases.h"

#include <algorithm>
#include <string_view>

namespace quanta::model {
namespace {

// The positions cross 2^32 in the first operations.
constexpr uint32_t kStart = 0xffffffff;

void report(const char* fault) { Explorer::current().memory().report(fault); }

}  // namespace

void SampleRingCase::set_up() {
  halves_ = Ring::create(block(), plan_.capacity, 1, kStart);
  pushed_ = 0;
  popped_.clear();
  auto& header = *reinterpret_cast<Ring::Header*>(block().data());
  if (plan_.bug == Bug::kProducerReleaseRelaxed) header.write_pos.forget_release();
  if (plan_.bug == Bug::kConsumerReleaseRelaxed) header.read_pos.forget_release();
}

void SampleRingCase::push() {
  for (uint32_t i = 0; i < plan_.pushes; ++i) {
    std::array<float, 4> frames;
    for (size_t frame = 0; frame < frames.size(); ++frame) {
      frames[frame] = static_cast<float>(pushed_ + frame + 1);
    }
    const float* plane = frames.data();
    pushed_ += halves_.producer.push_some({&plane, 1}, plan_.frames_per_push);
  }
}

void SampleRingCase::pop() {
  for (uint32_t i = 0; i < plan_.pops; ++i) {
    std::array<float, 4> frames;
    float* plane = frames.data();
    const uint32_t count = halves_.consumer.pop_some({&plane, 1}, plan_.frames_per_pop);
    popped_.insert(popped_.end(), frames.begin(), frames.begin() + count);
  }
}

void SampleRingCase::check() {
  for (size_t i = 0; i < popped_.size(); ++i) {
    if (popped_[i] != static_cast<float>(i + 1)) report("A frame is lost, repeated or changed.");
  }
  const auto popped = static_cast<uint32_t>(popped_.size());
  if (pushed_ != popped + halves_.consumer.unread_frames()) report("Frames are not accounted for.");
  conclude(std::to_string(pushed_) + "/" + std::to_string(popped));
}

void SlotQueueCase::set_up() {
  Queue::create(block(), plan_.capacity, kStart);
  producer_ = Queue::producer(block());
  consumer_ = Queue::consumer(block());
  pushed_ = 0;
  popped_.clear();
  auto& header = *reinterpret_cast<Queue::Header*>(block().data());
  if (plan_.bug == Bug::kProducerReleaseRelaxed) header.write_pos.forget_release();
  if (plan_.bug == Bug::kConsumerReleaseRelaxed) header.read_pos.forget_release();
}

void SlotQueueCase::push() {
  for (uint32_t i = 0; i < plan_.pushes; ++i) {
    const bool had_room = producer_.has_room();
    const bool pushed = producer_.push({pushed_, ~pushed_});
    if (had_room && !pushed) report("Room that was seen is gone.");
    if (pushed) ++pushed_;
  }
}

void SlotQueueCase::pop(uint32_t times) {
  for (uint32_t i = 0; i < times; ++i) {
    const Queue::Cell* cell = consumer_.front();
    if (cell == nullptr) continue;
    popped_.push_back({(*cell)[0], (*cell)[1]});
    consumer_.pop();
  }
}

void SlotQueueCase::check() {
  const size_t popped = popped_.size();
  pop(plan_.capacity);
  for (uint32_t i = 0; i < popped_.size(); ++i) {
    if (popped_[i] != Queue::Slot{i, ~i}) report("A record is lost, repeated or changed.");
  }
  if (pushed_ != popped_.size()) report("Records are not accounted for.");
  conclude(std::to_string(pushed_) + "/" + std::to_string(popped));
}

void FrameRingCase::set_up() {
  memory_ = Ring::Memory::create(block(), Ring::shape(plan_.capacity, 2, 48000), plan_.start);
  writer_ = Ring::Writer(memory_);
  for (Seat& seat : seats_) {
    seat.reader = Ring::Reader(memory_, 1);
    seat.views = 0;
    seat.outcome.clear();
  }
  write(plan_.writes_before);
  for (Seat& seat : seats_) {
    if (plan_.reads[0] == 'c') seat.reader.view(1);
  }
  auto& header = memory_.header();
  if (plan_.bug == Bug::kCommitReleaseRelaxed) header.commit_pos.forget_release();
  if (plan_.bug == Bug::kConfirmReleaseRelaxed) header.reserve_pos.forget_release();
  if (plan_.bug == Bug::kReserveAcquireRelaxed) header.reserve_pos.forget_acquire();
}

void FrameRingCase::write(uint32_t writes) {
  for (uint32_t i = 0; i < writes; ++i) {
    std::array<float, 4> left;
    std::array<float, 4> right;
    for (uint32_t frame = 0; frame < plan_.frames_per_write; ++frame) {
      left[frame] = static_cast<float>(writer_.position() + frame - plan_.start + 1);
      right[frame] = -left[frame];
    }
    const std::array<const float*, 2> planes = {left.data(), right.data()};
    writer_.write(planes, plan_.frames_per_write);
  }
}

void FrameRingCase::note(Seat& seat, const ReadResult& result) {
  static constexpr std::array<const char*, 3> kNames = {"ok", "empty", "dropout"};
  seat.outcome += kNames[static_cast<size_t>(result.status)];
  seat.outcome += std::to_string(result.dropped) + " ";
}

void FrameRingCase::borrow(Seat& seat, const ReadResult& result) {
  note(seat, result);
  if (result.status == ReadStatus::kOk) read_and_confirm(seat);
}

void FrameRingCase::read_and_confirm(Seat& seat) {
  Borrowed& borrowed = seat.borrowed[seat.views++];
  borrowed.position = seat.reader.position();
  borrowed.count = seat.reader.count();
  for (uint32_t channel = 0; channel < 2; ++channel) {
    const auto frames = seat.reader.frames(channel);
    for (uint32_t i = 0; i < borrowed.count; ++i) {
      frames[i].load_late(&borrowed.bits[channel * borrowed.count + i]);
    }
  }
  const ReadResult confirmed = seat.reader.confirm();
  note(seat, confirmed);
  borrowed.trusted = confirmed.status == ReadStatus::kOk || plan_.bug == Bug::kNoConfirm;
}

void FrameRingCase::read(Seat& seat) {
  for (const char what : std::string_view(plan_.reads)) {
    if (what == 'c') read_and_confirm(seat);
    if (what == 'v') borrow(seat, seat.reader.view(plan_.frames_per_write));
    if (what == 'd') borrow(seat, seat.reader.drain_to_latest(1));
    if (what == 's') seat.outcome += std::to_string(seat.reader.skip_ahead(1)) + " ";
  }
}

void FrameRingCase::check_content(const Borrowed& borrowed) {
  for (uint32_t i = 0; i < borrowed.count; ++i) {
    const auto expected = static_cast<float>(borrowed.position + i - plan_.start + 1);
    const auto left = value_of<float>(borrowed.bits[i]);
    const auto right = value_of<float>(borrowed.bits[borrowed.count + i]);
    if (left != expected || right != -expected) report("A torn or stale frame was delivered.");
  }
}

void FrameRingCase::check() {
  const uint64_t written = uint64_t{plan_.writes_before + plan_.writes} * plan_.frames_per_write;
  std::string outcome;
  for (size_t i = 0; i < plan_.readers; ++i) {
    const Seat& seat = seats_[i];
    for (size_t view = 0; view < seat.views; ++view) {
      if (seat.borrowed[view].trusted) check_content(seat.borrowed[view]);
    }
    const auto& reader = seat.reader;
    if (reader.delivered() + reader.dropped() + reader.pending() != written) {
      report("Frames are not accounted for.");
    }
    outcome += seat.outcome + "| ";
  }
  conclude(outcome);
}

}  // namespace quanta::model
