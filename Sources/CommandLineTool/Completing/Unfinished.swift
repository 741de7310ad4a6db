/// A command line that somebody is still typing, and what may stand where the cursor is.
struct Unfinished {
  /// The start of the word under the cursor; empty before its first letter.
  let typed: String
  /// The registry that `-C` names before the cursor.
  private(set) var place: String?
  /// Words of `stet` itself that may stand here.
  private(set) var offers: [Offer] = []
  /// What else may stand here, as usage lines write it, such as `<env>`.
  private(set) var placeholders: [String] = []

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
      guard let option = Session.usage.option(word), let placeholder = option.value else {
        continue
      }
      guard let value = rest.popFirst() else {
        placeholders = [placeholder]
        return nil
      }
      if word == "-C" { place = value }
    }
    return rest
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
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-", let option = all.option(word) else {
        count += 1
        continue
      }
      given.append(option)
      guard let placeholder = option.value else { continue }
      guard let value = rest.popFirst() else {
        placeholders = [placeholder]
        return
      }
      if word == "-C" { place = value }
    }
    let left = Self.names(of: all.options.filter { $0.isRepeated || !given.contains($0) })
    if !typed.hasPrefix("-") { placeholders = usage.placeholders(at: count) }
    if placeholders.isEmpty { offers = left }
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
