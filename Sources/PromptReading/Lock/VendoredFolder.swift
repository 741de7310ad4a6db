import Keys
package import Platform

/// A folder of pinned prompts with a copy of their lock: `stet vendor` writes it, services read it.
///
/// Each prompt has a folder of its own, which any Dotprompt library can be given: `support/triage`
/// lies in `support.triage/support/triage.prompt`, and a partial frozen into it beside it, in
/// `support.triage/support/_tone.prompt`. Two prompts may so have two versions of one partial.
package struct VendoredFolder: Sendable {
  /// Where it is.
  package let path: String

  /// The largest file of a prompt that is read.
  static let fileByteLimit = 4 << 20

  /// A folder, whether or not it is there yet.
  package init(path: String) { self.path = path }

  /// The copy of the lock; nil where there is none.
  package func lock() throws(ReadingError) -> PinLock? {
    let file = "\(path)/\(PinLock.fileName)"
    let bytes: [UInt8]
    do throws(PlatformError) {
      guard try FileSystem.exists(file) else { return nil }
      bytes = try FileSystem.read(file, limit: PinLock.byteLimit)
    } catch {
      throw ReadingError(.platform(error))
    }
    do throws(LockFault) { return try PinLock(bytes: bytes) } catch {
      throw ReadingError(.lock(path: file, error))
    }
  }

  /// The bytes of a pinned version; throws `.changed` if a single one is not what was pinned.
  package func text(of pin: Pin) throws(ReadingError) -> PinnedText {
    var includes: [String: [UInt8]] = [:]
    for include in pin.includes {
      let bytes = try read(file(include.name, of: pin))
      guard Digest(of: bytes) == include.digest else {
        throw ReadingError(.changed(path: file(include.name, of: pin)))
      }
      includes[include.name] = bytes
    }
    let source = try read(file(pin.name, of: pin))
    let digest = PinnedVersion.digest(source: Digest(of: source), includes: pin.includes)
    guard digest == pin.digest else {
      throw ReadingError(.changed(path: file(pin.name, of: pin)))
    }
    return PinnedText(source: source, includes: includes)
  }

  /// What lies in the folder and belongs to none of some pins, sorted by where it lies; the name
  /// of a folder of which nothing belongs to them ends with a slash.
  package func strays(beside pins: [Pin]) throws(PlatformError) -> [String] {
    guard try FileSystem.exists(path) else { return [] }
    var known: Set = [PinLock.fileName]
    for pin in pins {
      for name in [pin.name] + pin.includes.map(\.name) {
        let place = Self.place(of: name, in: pin)
        known.insert(place)
        known.formUnion(place.indices.lazy.filter { place[$0] == "/" }.map { "\(place[...$0])" })
      }
    }
    return try strays(beside: known, in: "")
  }

  /// `known` are files, and folders with a slash at the end.
  private func strays(
    beside known: Set<String>, in folder: String
  ) throws(PlatformError) -> [String] {
    var strays: [String] = []
    for entry in try FileSystem.list("\(path)/\(folder)") {
      let isFolder = entry.kind == .directory
      let place = folder + entry.name + (isFolder ? "/" : "")
      if !known.contains(place) {
        strays.append(place)
      } else if isFolder {
        strays += try self.strays(beside: known, in: place)
      }
    }
    return strays
  }

  /// The path that messages call a file of a prompt by.
  func file(_ name: String, of pin: Pin) -> String { "\(path)/\(Self.place(of: name, in: pin))" }

  /// Where the file of a prompt or of a partial of it lies in the folder.
  private static func place(of name: String, in pin: Pin) -> String {
    "\(folderName(of: pin.name))/\(name).prompt"
  }

  private static func folderName(of name: String) -> String {
    name.split(separator: "/").joined(separator: ".")
  }

  private func read(_ file: String) throws(ReadingError) -> [UInt8] {
    do throws(PlatformError) {
      return try FileSystem.read(file, limit: Self.fileByteLimit)
    } catch {
      throw ReadingError(.platform(error))
    }
  }
}

// MARK: - Writing

extension VendoredFolder {
  /// Writes the files of a version in the place of whatever was pinned under its name.
  package func write(_ text: PinnedText, of pin: Pin) throws(PlatformError) {
    try remove(Self.folderName(of: pin.name))
    try write(text.source, file(pin.name, of: pin))
    for include in pin.includes {
      guard let bytes = text.includes[include.name] else {
        preconditionFailure("a text without a partial of its version")
      }
      try write(bytes, file(include.name, of: pin))
    }
  }

  /// Writes the copy of the lock; do it last, since it vouches for the files.
  package func write(_ lock: PinLock) throws(PlatformError) {
    try FileSystem.createDirectories(path)
    try FileSystem.replace("\(path)/\(PinLock.fileName)", lock.bytes)
  }

  /// Removes something that lies in the folder, with all that is in it.
  package func remove(_ place: String) throws(PlatformError) {
    try FileSystem.removeTree("\(path)/\(place)")
  }

  private func write(_ bytes: [UInt8], _ file: String) throws(PlatformError) {
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? path
    try FileSystem.createDirectories(folder)
    try FileSystem.replace(file, bytes)
  }
}
