import CGit2

/// One setting of a repository.
package struct ConfigEntry: Hashable, Sendable {
  /// As `core.bare`; a quoted subsection stands in the middle as it is.
  package let key: String
  /// The text behind the equals sign.
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// What a repository of our own has: no more than git needs to know, and no gc behind our back.
  package static let ours = [
    ConfigEntry(key: "core.repositoryformatversion", value: "0"),
    ConfigEntry(key: "core.filemode", value: "true"),
    ConfigEntry(key: "core.bare", value: "true"),
    ConfigEntry(key: "gc.auto", value: "0"),
  ]
}

/// The text of a repository's `config`.
package enum Config {
  /// A file of this many bytes or more is refused.
  static let sizeLimit = 64 << 10

  /// The settings in a file of the plain form that git and we write: `[section]` lines and
  /// `key = value` lines, without quotes around values, comments, continuations or escapes.
  ///
  /// Throws `.configuration` for anything else, so that nobody reads the file otherwise than git.
  package static func entries(_ bytes: [UInt8]) throws(GitError) -> [ConfigEntry] {
    // Valid as a whole, so every part between ASCII characters is valid too.
    guard bytes.count < sizeLimit, String(validating: bytes, as: UTF8.self) != nil else {
      throw .configuration(line: 1)
    }
    var entries: [ConfigEntry] = []
    var section: String?
    var number = 0
    for line in bytes.split(separator: newline, omittingEmptySubsequences: false) {
      number += 1
      let line = trimmed(line)
      if line.isEmpty { continue }
      if let name = sectionName(line) {
        section = name
      } else if let section, let (key, value) = setting(line) {
        entries.append(ConfigEntry(key: "\(section).\(key)", value: value))
      } else {
        throw .configuration(line: number)
      }
    }
    return entries
  }

  private typealias Bytes = ArraySlice<UInt8>

  private static let newline = UInt8(ascii: "\n")
  private static let blank = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")

  /// The words of `[word]` or `[word "text"]`, as keys have them.
  private static func sectionName(_ line: Bytes) -> String? {
    guard line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]") else { return nil }
    let parts = line.dropFirst().dropLast().split(separator: blank, maxSplits: 1)
    guard let name = parts.first, name.allSatisfy(isWord) else { return nil }
    if parts.count == 1 { return text(name).lowercased() }
    let quoted = parts[1]
    let inner = quoted.dropFirst().dropLast()
    guard quoted.count >= 2, quoted.first == quote, quoted.last == quote,
      inner.allSatisfy(isPlain)
    else { return nil }
    return "\(text(name).lowercased()).\(text(inner))"
  }

  private static func setting(_ line: Bytes) -> (key: String, value: String)? {
    guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let key = trimmed(line[..<sign])
    let value = trimmed(line[(sign + 1)...])
    guard let first = key.first, isLetter(first), key.allSatisfy(isWord),
      value.allSatisfy(isPlain)
    else { return nil }
    return (text(key).lowercased(), text(value))
  }

  private static func text(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func trimmed(_ bytes: Bytes) -> Bytes {
    let start = bytes.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return [] }
    return start[...last]
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == blank || byte == UInt8(ascii: "\t")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "-")
  }

  /// Printable, and with no meaning of its own to git.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<0x20, 0x7f, quote, UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: ";"): false
    default: true
    }
  }
}

extension Config {
  /// Settings that change no more than how git stores things and what it tells its user. None of
  /// them names a program, another file or another repository that we would then use.
  private static let harmless: Set<String> = [
    "core.bare", "core.commitgraph", "core.compression", "core.filemode", "core.fsync",
    "core.fsyncmethod", "core.ignorecase", "core.logallrefupdates", "core.multipackindex",
    "core.precomposeunicode", "core.sharedrepository", "core.symlinks", "fetch.fsckobjects",
    "gc.auto", "gc.autodetach", "gc.autopacklimit", "http.receivepack", "http.uploadpack",
    "pack.threads", "pack.windowmemory", "receive.autogc", "receive.denydeletes",
    "receive.denynonfastforwards", "receive.fsckobjects", "receive.unpacklimit",
    "repack.writebitmaps", "transfer.fsckobjects", "transfer.unpacklimit", "user.email",
    "user.name",
  ]

  /// Throws `.setting` for the first one that could make git or libgit2 do something unforeseen.
  package static func check(_ settings: [ConfigEntry]) throws(GitError) {
    for setting in settings where !isHarmless(setting) { throw .setting(key: setting.key) }
  }

  private static func isHarmless(_ setting: ConfigEntry) -> Bool {
    let parts = setting.key.split(separator: ".")
    switch (parts.first, parts.last) {
    case ("core", "repositoryformatversion"): return setting.value == "0"
    // Where a clone came from: git gets its addresses from us, never from here. A remote whose name
    // is an address would stand in for that address.
    case ("remote", "url"), ("remote", "fetch"), ("branch", "remote"), ("branch", "merge"):
      return parts.count == 3 && parts[1].utf8.allSatisfy(isWord)
    default: return harmless.contains(setting.key)
    }
  }
}

extension Repository {
  /// Replaces all settings of a new repository.
  borrowing func configure(_ settings: [ConfigEntry]) throws(GitError) {
    let config = try unsafe Handle("git_repository_config", path, free: git_config_free) {
      [handle = unsafe handle.raw] in unsafe git_repository_config($0, handle)
    }
    for entry in try Self.written(config, path) where !settings.contains(where: { $0.key == entry })
    {
      try check("git_config_delete_entry", entry, unsafe git_config_delete_entry(config.raw, entry))
    }
    for setting in settings {
      try check(
        "git_config_set_string", setting.key,
        unsafe git_config_set_string(config.raw, setting.key, setting.value))
    }
  }

  /// The keys that libgit2 put there by itself.
  private static func written(
    _ config: borrowing Handle, _ path: String
  ) throws(GitError) -> Set<String> {
    let iterator = try unsafe Handle(
      "git_config_iterator_new", path, free: git_config_iterator_free
    ) { [config = unsafe config.raw] in unsafe git_config_iterator_new($0, config) }
    var keys: Set<String> = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while unsafe git_config_next(&entry, iterator.raw) == 0 {
      if let name = unsafe entry?.pointee.name { unsafe keys.insert(String(cString: name)) }
    }
    return keys
  }
}
