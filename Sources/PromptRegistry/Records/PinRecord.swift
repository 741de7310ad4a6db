import Contracts
import Keys
package import Notation

/// What is live of one prompt in one environment, and what was before.
package struct PinRecord: Record {
  /// What was live before, newest first.
  package var before: [Stay]
  package var by: MemberName
  /// The version and digest that are live; nil once withdrawn.
  package var live: VersionMark?
  /// The entry that set this pin.
  package var entry: Int
  /// The request that allowed it; nil where none was needed.
  package var request: Int?
  package var since: Timestamp

  /// How many earlier pins are kept to go back to.
  package static let beforeLimit = 16

  package init(
    live: VersionMark?, before: [Stay], by: MemberName, entry: Int, request: Int?,
    since: Timestamp
  ) {
    self.live = live
    self.before = before
    self.by = by
    self.entry = entry
    self.request = request
    self.since = since
  }
}

/// A time during which a version was live.
package struct Stay: Hashable, Sendable {
  package let mark: VersionMark
  package let since: Timestamp
  package let until: Timestamp

  package init(mark: VersionMark, since: Timestamp, until: Timestamp) {
    self.mark = mark
    self.since = since
    self.until = until
  }
}

extension PinRecord {
  package init(_ value: Value) throws(RecordError) {
    var fields = try RecordFields(value, at: [])
    before = try fields.list("before") { value, place throws(RecordError) in
      try Stay(value, at: place)
    }
    by = try fields.parsed("by", "a member", Field.member)
    live = try fields.versionMark()
    entry = try fields.parsed("entry", "a number", Field.count)
    request = try fields.optional("request", "a number", Field.count)
    since = try fields.parsed("since", "a time", Field.time)
    try fields.finish()
  }

  package var value: Value {
    [
      "before": .list(before.map(\.value)), "by": Field.text(by),
      "digest": Field.text(live?.digest), "entry": Field.number(entry),
      "request": Field.number(request), "since": Field.text(since),
      "version": Field.text(live?.version),
    ]
  }
}

extension Stay {
  fileprivate init(_ value: Value, at place: [PathStep]) throws(RecordError) {
    var fields = try RecordFields(value, at: place)
    let digest = try fields.parsed("digest", "a digest", Field.digest)
    since = try fields.parsed("since", "a time", Field.time)
    until = try fields.parsed("until", "a time", Field.time)
    let version = try fields.parsed("version", "a version", Field.version)
    mark = VersionMark(version: version, digest: digest)
    try fields.finish()
  }

  fileprivate var value: Value {
    [
      "digest": Field.text(mark.digest), "since": Field.text(since), "until": Field.text(until),
      "version": Field.text(mark.version),
    ]
  }
}

// MARK: - The life of a pin

extension PinRecord {
  /// The pin after a promotion, or after a withdrawal where the target is nil: what was live goes
  /// to the head of `before`. A withdrawn pin had nothing live, so it adds nothing to go back to.
  package static func promoted(
    from old: PinRecord?, to target: VersionMark?, _ mover: Mover
  ) -> PinRecord {
    let stay = old.flatMap { old in
      old.live.map { Stay(mark: $0, since: old.since, until: mover.at) }
    }
    let kept = ([stay].compactMap { $0 } + (old?.before ?? [])).prefix(beforeLimit)
    return PinRecord(
      live: target, before: Array(kept), by: mover.by, entry: mover.entry,
      request: mover.request, since: mover.at)
  }

  /// The pin after going back to one element of `before`: it and all newer ones are dropped.
  package func reverted(toElement index: Int, _ mover: Mover) -> PinRecord {
    PinRecord(
      live: before[index].mark, before: Array(before.dropFirst(index + 1)), by: mover.by,
      entry: mover.entry, request: nil, since: mover.at)
  }
}

/// Who moves a pin, with which entry and when.
package struct Mover: Hashable, Sendable {
  package let by: MemberName
  package let entry: Int
  package let request: Int?
  package let at: Timestamp

  package init(by: MemberName, entry: Int, request: Int?, at: Timestamp) {
    self.by = by
    self.entry = entry
    self.request = request
    self.at = at
  }
}
