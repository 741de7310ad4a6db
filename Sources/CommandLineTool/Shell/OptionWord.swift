import PromptRegistry

/// A word of a command line that begins with a dash, taken apart: `--to`, `--to=staging`, `-m`,
/// `-mwhat`, or several flags in one, as `-pn5`.
struct OptionWord {
  /// What it names, in order; only the last can have a value.
  private(set) var parts: [Part] = []

  /// One option of the word.
  struct Part {
    let option: Usage.Option
    /// The name that was written.
    let name: String
    /// The value that stands in the same word; nil where none does.
    let value: String?
  }

  init(_ word: String, _ usage: Usage) throws(UsageError) {
    if word.hasPrefix("--") {
      try takeLong(word, usage)
    } else {
      try takeShort(word, usage)
    }
  }

  /// What stands for the value that the next word has to be; nil where none is needed.
  var missing: String? {
    guard let last = parts.last, last.value == nil else { return nil }
    return last.option.value
  }

  private mutating func takeLong(_ word: String, _ usage: Usage) throws(UsageError) {
    let pieces = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(pieces[0])
    guard let option = usage.option(name) else { throw Self.unknown(name, usage) }
    let value = pieces.count == 2 ? String(pieces[1]) : nil
    if value != nil, option.value == nil { throw .valueForFlag(name) }
    parts.append(Part(option: option, name: name, value: value))
  }

  private mutating func takeShort(_ word: String, _ usage: Usage) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard let option = usage.option(name) else {
        // The first letter of a long name with a dash too few says nothing.
        throw Self.unknown(parts.isEmpty ? String(word.prefix { $0 != "=" }) : name, usage)
      }
      guard option.value != nil else {
        if letters.first == "=" { throw .valueForFlag(name) }
        parts.append(Part(option: option, name: name, value: nil))
        continue
      }
      let value = letters.first == "=" ? letters.dropFirst() : letters
      parts.append(Part(option: option, name: name, value: letters.isEmpty ? nil : String(value)))
      return
    }
  }

  private static func unknown(_ name: String, _ usage: Usage) -> UsageError {
    // Every other letter is as near to a letter.
    let names = name.count > 2 ? usage.options.flatMap(\.names) : []
    return .unknownOption(name, nearest: Nearest.word(to: name, among: names))
  }
}
