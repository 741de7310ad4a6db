package import Keys
import Notation

/// What `stet.lock` says: which version of each prompt a program reads, and from where.
package struct PinLock: Hashable, Sendable {
  /// The id of the ledger that the versions come from.
  package let registry: Digest
  /// Where a service answers for it; nil where a folder was read, whose path is nobody else's.
  package var url: String?
  /// The newest entry when a version was looked for last.
  package var entry: Int
  /// Sorted by name, each name once.
  package private(set) var pins: [Pin] = []

  /// What the file is called.
  package static let fileName = "stet.lock"
  /// The largest file that is read.
  package static let byteLimit = 8 << 20
  /// What this program reads and writes.
  static let format = 1

  /// A lock without pins.
  package init(registry: Digest, url: String?, entry: Int) {
    self.registry = registry
    self.url = url
    self.entry = entry
  }

  /// Reads the file, however it is laid out; `.changed` where it says what `stet` did not write.
  package init(bytes: [UInt8]) throws(LockFault) {
    let found = try FoundLock(bytes: bytes)
    guard found.isAsWritten else { throw .changed }
    self = found.lock
  }

  /// The one form in which the file is written, with the digest of its other lines.
  package var bytes: [UInt8] {
    var map = content
    map["digest"] = .string("\(digest)")
    return RecordForm.bytes(.map(map))
  }

  fileprivate var digest: Digest { Digest(of: RecordForm.bytes(.map(content))) }

  private var content: ValueMap {
    let origin: Value = ["id": .string("\(registry)"), "url": url.map { .string($0) } ?? .null]
    let members: [(String, Value)] = [
      ("entry", .number(Double(entry))), ("format", .number(Double(Self.format))),
      ("prompts", .list(pins.map(\.value))), ("registry", origin),
    ]
    return ValueMap(members)
  }
}

/// A lock as it was found in a file that somebody may have changed.
package struct FoundLock: Sendable {
  /// What it says.
  package let lock: PinLock
  /// Whether its digest is that of what it says.
  package let isAsWritten: Bool

  /// Reads the file, however it is laid out; a digest that is missing is that of nothing.
  package init(bytes: [UInt8]) throws(LockFault) {
    let value: Value
    do throws(NotationError) { value = try JSON.parse(bytes) } catch { throw .notJSON(error) }
    var fields = try LockFields(value, at: "")
    let format = try fields.count("format")
    guard format == PinLock.format else { throw .newerFormat(format) }
    let digest = try fields.digestIfAny("digest")
    var origin = try LockFields(try fields.value("registry"), at: "registry")
    var lock = PinLock(
      registry: try origin.digest("id"), url: try origin.optionalText("url"),
      entry: try fields.count("entry"))
    try origin.finish()
    let pins = try fields.list("prompts") { value, place throws(LockFault) in
      try Pin(value, at: place)
    }
    try fields.finish()
    for pin in pins {
      guard lock[pin.name] == nil else { throw .twice(pin.name) }
      lock.put(pin)
    }
    self.lock = lock
    isAsWritten = lock.digest == digest
  }
}

extension PinLock {
  /// The pin of a prompt, if it has one.
  package subscript(name: String) -> Pin? { pins.first { $0.name == name } }

  /// Adds a pin, or replaces the one of the same name.
  package mutating func put(_ pin: Pin) {
    remove(pin.name)
    let place = pins.firstIndex { pin.name.utf8.lexicographicallyPrecedes($0.name.utf8) }
    pins.insert(pin, at: place ?? pins.endIndex)
  }

  /// Takes a pin out, if it is there.
  package mutating func remove(_ name: String) { pins.removeAll { $0.name == name } }
}
