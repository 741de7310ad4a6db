/// A command line that somebody is still typing, and what may stand where the cursor is.
struct Unfinished {
  /// The start of the word under the cursor, or of the value in it; empty before its first letter.
  private(set) var typed: String
  /// What stands in front of that value in the same word, as `--to=`.
  private(set) var glued = ""
  /// The registry that `-C` names before the cursor.
  private(set) var place: String?
  /// Words of `stet` itself that may stand here.
  private(set) var offers: [Offer] = []
  /// What else may stand here, as usage lines write it, such as `<env>`.
  private(set) var placeholders: [String] = []
  /// Which names are meant where one may stand here.
  private(set) var namesMeant = NamesMeant.all

  /// Reads the words behind the program's name; the last is the one under the cursor.
  init(_ words: [String], _ commands: CommandTable) {
    var words = words[...]
    typed = words.popLast() ?? ""
    guard let rest = pastEverywhere(words) else { return }
    do throws(UsageError) {
      let (command, behind) = try commands.find(Array(rest))
      expect(in: command, behind: behind[...])
    } catch {
      // No command yet, or none that we know: then only its next word can be meant.
      expectName(behind: Array(rest), commands)
    }
  }

  /// The words behind the options that every command takes; nil where the cursor is at the value of
  /// one of these.
  private mutating func pastEverywhere(_ words: ArraySlice<String>) -> ArraySlice<String>? {
    var rest = words
    while let word = rest.first, word.hasPrefix("-") {
      rest.removeFirst()
      // What is no option is told by the command that is being typed.
      guard let option = try? OptionWord(word, Session.usage) else { continue }
      guard goPast(option, &rest) else { return nil }
    }
    return rest
  }

  /// Goes past the value of an option; false where the cursor is at it.
  private mutating func goPast(_ word: OptionWord, _ rest: inout ArraySlice<String>) -> Bool {
    guard let last = word.parts.last, let placeholder = last.option.value else { return true }
    guard let value = last.value ?? rest.popFirst() else {
      placeholders = [placeholder]
      return false
    }
    if last.name == "-C" { place = value }
    return true
  }

  private mutating func expectName(behind words: [String], _ commands: CommandTable) {
    if words.isEmpty, typed.hasPrefix("-") {
      offers = Self.names(of: Session.usage.options)
      return
    }
    for command in commands.family(of: words) {
      let isWhole = command.name.count == words.count + 1
      let offer = Offer(command.name[words.count], isWhole ? command.summary : "")
      if offers.last?.word != offer.word { offers.append(offer) }
    }
  }

  private mutating func expect(in command: any Command.Type, behind words: ArraySlice<String>) {
    let usage = command.parsedUsage
    guard !usage.passesOn else { return }
    let all = usage.adding(Session.usage.options)
    var rest = words
    var given: [Usage.Option] = []
    var count = 0
    namesMeant = command.namesMeant
    while let word = rest.popFirst() {
      // As above.
      guard word.hasPrefix("-"), word != "-", let option = try? OptionWord(word, all) else {
        count += 1
        continue
      }
      given += option.parts.map(\.option)
      guard goPast(option, &rest) else { return }
    }
    if expectGluedValue(all) { return }
    let left = Self.names(of: all.options.filter { $0.isRepeated || !given.contains($0) })
    if !typed.hasPrefix("-") { placeholders = usage.placeholders(at: count) }
    if placeholders.isEmpty { offers = left }
  }

  /// Whether the cursor is at a value behind its option in the same word.
  private mutating func expectGluedValue(_ usage: Usage) -> Bool {
    // As above.
    guard typed.hasPrefix("-"), let last = (try? OptionWord(typed, usage))?.parts.last,
      let value = last.value, let placeholder = last.option.value
    else { return false }
    glued = String(typed.dropLast(value.count))
    typed = value
    placeholders = [placeholder]
    return true
  }

  private static func names(of options: [Usage.Option]) -> [Offer] {
    options.flatMap(\.names).filter { $0.hasPrefix("--") }.map { Offer($0, "") }
  }
}

/// A word that may stand where the cursor is, and what a shell may show beside it.
struct Offer: Hashable, Sendable {
  let word: String
  let remark: String

  init(_ word: String, _ remark: String) {
    self.word = word
    self.remark = remark
  }
}

extension Usage {
  /// What may stand behind so many words, by any of the lines.
  fileprivate func placeholders(at count: Int) -> [String] {
    var found: [String] = []
    for line in words {
      let word = count < line.count ? line[count] : line.last.flatMap { $0.isRepeated ? $0 : nil }
      if let word, !found.contains(word.placeholder) { found.append(word.placeholder) }
    }
    return found
  }
}
