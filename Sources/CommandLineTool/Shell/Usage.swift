/// What a command accepts, read off the very line that people see: the only place where options
/// are declared.
///
/// In a usage line `[…]` may be left out and `…` may come again. `-m|--message <what>` is one
/// option with two names, `--minor|--major` are two. What follows an option outside brackets is its
/// value.
struct Usage: Hashable, Sendable {
  /// The words that the command is called by.
  let name: [String]
  /// The lines as people see them, one for each way to use the command.
  let lines: [String]
  /// Every option of any line, each once.
  let options: [Option]
  /// The words besides the name and options, such as `<name>`, line by line.
  let words: [[Word]]

  /// One option.
  struct Option: Hashable, Sendable {
    /// All its names, dashes included.
    let names: [String]
    /// What stands for its value, such as `<dir>` or `text|json`; nil for a flag.
    let value: String?
    /// Whether it may be given more than once.
    let isRepeated: Bool

    /// Whether this value means what stands on standard input.
    func readsInput(for text: String) -> Bool {
      switch value {
      case "<file>", "<path>": text == "-"
      // What is no variable is refused by whoever asks for it.
      case Variable.placeholder: (try? Variable(argument: text, of: ""))?.file == "-"
      case _: false
      }
    }
  }

  /// One word that is no option.
  struct Word: Hashable, Sendable {
    /// How the usage line writes it, such as `<name>` or `show`.
    let placeholder: String
    /// Whether the command does without it.
    let isOptional: Bool
    /// Whether more of them may follow.
    let isRepeated: Bool
  }

  /// Reads usage lines, one way to use the command a line; all begin with its name.
  init(_ text: String) {
    name = Self.name(text)
    lines = text.split(separator: "\n").map(String.init)
    let parts = lines.map { UsageLine($0) }
    words = parts.map(\.words)
    options = parts.flatMap(\.options).reduce(into: []) { options, option in
      if !options.contains(where: { $0.names == option.names }) { options.append(option) }
    }
  }

  /// The words that usage lines begin with.
  static func name(_ text: String) -> [String] {
    var words: [String] = []
    for word in UsageLine.pieces(text.utf8.prefix { $0 != UInt8(ascii: "\n") }) {
      guard word.first != "-", word.utf8.allSatisfy(UsageLine.isOfName) else { break }
      words.append(String(word))
    }
    return words
  }

  /// This command with more options than its lines show.
  func adding(_ more: [Option]) -> Usage {
    Usage(name: name, lines: lines, options: options + more, words: words)
  }

  private init(name: [String], lines: [String], options: [Option], words: [[Word]]) {
    self.name = name
    self.lines = lines
    self.options = options
    self.words = words
  }

  /// Whether everything behind the name belongs to another program, as in `git …`.
  var passesOn: Bool { words.contains { $0.contains { $0.placeholder.isEmpty } } }

  /// The option of this name.
  func option(_ name: String) -> Option? { options.first { $0.names.contains(name) } }
}

/// One usage line taken to pieces.
private struct UsageLine {
  private(set) var options: [Usage.Option] = []
  private(set) var words: [Usage.Word] = []

  init(_ line: String) {
    var rest = Self.pieces(line.utf8[...]).dropFirst(Usage.name(line).count)
    while let piece = rest.popFirst() {
      let names = Self.bare(piece)
      guard names.hasPrefix("-") else {
        self.words.append(.init(piece))
        continue
      }
      var value: Substring?
      if !piece.hasSuffix("]"), let next = rest.first, !next.hasPrefix("["), !next.hasPrefix("-") {
        value = rest.popFirst()
      }
      add(names, value: value)
    }
  }

  /// What stands between blanks. Bytes are enough for that and cost a start of the program less.
  fileprivate static func pieces(_ line: Substring.UTF8View) -> [Substring] {
    line.split(separator: UInt8(ascii: " ")).map { Substring($0) }
  }

  fileprivate static func isOfName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
  }

  private mutating func add(_ text: String, value: Substring?) {
    let names = text.split(separator: "|").map(String.init)
    let isRepeated = value?.hasSuffix("…") ?? false
    let isOneOption = names.contains { !$0.hasPrefix("--") }
    for group in isOneOption ? [names] : names.map({ [$0] }) {
      options.append(.init(names: group, value: value.map(Self.bare), isRepeated: isRepeated))
    }
  }

  /// A piece without the marks around it.
  fileprivate static func bare(_ piece: Substring) -> String {
    var text = piece
    while text.hasPrefix("[") { text = text.dropFirst() }
    while text.hasSuffix("]") || text.hasSuffix("…") { text = text.dropLast() }
    return String(text)
  }
}

extension Usage.Word {
  fileprivate init(_ piece: Substring) {
    placeholder = UsageLine.bare(piece)
    isOptional = piece.hasPrefix("[")
    isRepeated = piece.hasSuffix("…") || piece.hasSuffix("…]")
  }
}
