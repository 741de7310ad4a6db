import PromptRegistry

/// The words behind a command's name, to be pulled out one by one by the command itself.
///
/// A command pulls every option that its usage line declares, then its words, then calls `finish`.
struct Arguments {
  private let usage: Usage
  private var options: [(option: Usage.Option, name: String, value: String)] = []
  private var rest: [String] = []
  private var asked: [Usage.Option] = []

  /// Sorts the words into options and others; everything behind `--` is no option, nor is `-`.
  init(_ words: [String], _ usage: Usage) throws(UsageError) {
    self.usage = usage
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--" {
        rest += words
        break
      } else if word.hasPrefix("-"), word != "-" {
        try take(word, &words)
      } else {
        rest.append(word)
      }
    }
    let readers = options.filter { $0.option.readsInput(for: $0.value) }
    if readers.count > 1 { throw .inputTwice(readers[0].name, readers[1].name) }
  }

  /// Takes options from the first words only; the others belong to another program as they are.
  init(_ words: [String], passingOn others: [String], _ usage: Usage) throws(UsageError) {
    try self.init(words, usage)
    rest += others
  }

  private mutating func take(_ word: String, _ words: inout ArraySlice<String>) throws(UsageError) {
    let taken = try OptionWord(word, usage)
    var next: String?
    if let placeholder = taken.missing, let last = taken.parts.last {
      next = words.popFirst()
      if next == nil { throw .missingValue(option: last.name, placeholder: placeholder) }
    }
    for part in taken.parts {
      if !part.option.isRepeated, options.contains(where: { $0.option == part.option }) {
        throw .givenTwice(part.name)
      }
      options.append((part.option, part.name, part.value ?? next ?? ""))
    }
  }
}

extension Arguments {
  /// Whether this flag was given.
  mutating func flag(_ name: String) -> Bool { !given(name).isEmpty }

  /// The value of this option, if it was given.
  mutating func option<Value: ArgumentValue>(
    _ name: String
  ) throws(CommandError) -> Value? {
    guard let last = given(name).last else { return nil }
    return try Self.value(last.value, of: last.name)
  }

  /// The value of an option that the command cannot do without.
  mutating func requiredOption<Value: ArgumentValue>(
    _ name: String
  ) throws(CommandError) -> Value {
    guard let value: Value = try option(name) else { throw .usage(.missingOption(name)) }
    // Blanks are no reason and no name.
    if let text = value as? String, text.allSatisfy(\.isWhitespace) {
      throw .usage(.missingOption(name))
    }
    return value
  }

  /// All values of an option that may come again, in order.
  mutating func options<Value: ArgumentValue>(
    _ name: String
  ) throws(CommandError) -> [Value] {
    var values: [Value] = []
    for (name, value) in given(name) { values.append(try Self.value(value, of: name)) }
    return values
  }

  /// Which of several flags was given; two of them are a contradiction.
  mutating func oneFlag(of names: String...) throws(CommandError) -> String? {
    var found: String?
    for name in names where flag(name) {
      if let found { throw .usage(.contradiction(found, name)) }
      found = name
    }
    return found
  }

  /// Reads what was given for a name; an empty text, as an unset variable of a script leaves it
  /// behind, is nothing.
  private static func value<Value: ArgumentValue>(
    _ text: String, of name: String
  ) throws(CommandError) -> Value {
    guard !text.isEmpty else {
      throw .usage(.badValue(of: name, text: text, expected: "it is empty"))
    }
    return try Value(argument: text, of: name)
  }

  private mutating func given(_ name: String) -> [(name: String, value: String)] {
    guard let option = usage.option(name) else {
      preconditionFailure("no usage line declares \(name)")
    }
    asked.append(option)
    return options.filter { $0.option == option }.map { ($0.name, $0.value) }
  }
}

extension Arguments {
  /// The next word, which the command cannot do without.
  mutating func word<Value: ArgumentValue>(
    _ placeholder: String
  ) throws(CommandError) -> Value {
    guard let value: Value = try optionalWord(placeholder) else {
      throw .usage(.missingWord(placeholder))
    }
    return value
  }

  /// The next word, if there is one.
  mutating func optionalWord<Value: ArgumentValue>(
    _ placeholder: String
  ) throws(CommandError) -> Value? {
    guard !rest.isEmpty else { return nil }
    let word = rest.removeFirst()
    // What belongs to another program means there what it means.
    return usage.passesOn
      ? try Value(argument: word, of: placeholder) : try Self.value(word, of: placeholder)
  }

  /// All further words; there may be none.
  mutating func words<Value: ArgumentValue>(
    _ placeholder: String
  ) throws(CommandError) -> [Value] {
    var values: [Value] = []
    while let value: Value = try optionalWord(placeholder) { values.append(value) }
    return values
  }

  /// Refuses whatever nobody asked for.
  consuming func finish() throws(CommandError) {
    if let word = rest.first { throw .usage(.unexpectedWord(word)) }
    let unasked = usage.options.filter { !asked.contains($0) }
    precondition(unasked.isEmpty, "the command ignores \(unasked.map(\.names))")
  }
}

extension Array where Element: Hashable {
  /// Each element once, at its first place.
  var withoutRepetitions: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Something that one word of a command line can say.
protocol ArgumentValue {
  /// Reads the word; `name` is the option or the placeholder that it was given for.
  init(argument: String, of name: String) throws(CommandError)
}

extension String: ArgumentValue {
  init(argument: String, of name: String) { self = argument }
}

extension Int: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    guard let number = Int(argument) else {
      throw .usage(.badValue(of: name, text: argument, expected: "a whole number is needed"))
    }
    self = number
  }
}

/// An enum whose raw values are the words themselves is an argument by naming the protocol.
extension ArgumentValue where Self: CaseIterable & RawRepresentable<String> {
  init(argument: String, of name: String) throws(CommandError) {
    guard let value = Self(rawValue: argument) else {
      let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage(.badValue(of: name, text: argument, expected: "it is one of \(words)"))
    }
    self = value
  }
}
