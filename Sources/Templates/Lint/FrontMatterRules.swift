import Notation

/// The rules that look at the fields of the front matter, also where one of them has a wrong type.
struct FrontMatterRules {
  private let document: Document
  private var remarks = Remarks()

  /// All remarks on a front matter that is YAML.
  static func remarks(on document: Document) -> [(remark: Remark, place: LintPlace)] {
    var rules = FrontMatterRules(document: document)
    rules.checkScalars()
    guard case .map(let fields) = document.value else { return rules.remarks.items }
    for (key, value) in fields.entries { rules.check(key, value) }
    return rules.remarks.items
  }

  private init(document: Document) { self.document = document }

  private mutating func checkScalars() {
    for scalar in document.ambiguousScalars {
      switch scalar.role {
      case .key: add(.ambiguousKey(scalar.text), scalar.position, scalar.text)
      case .value:
        guard scalar.path != [.key("version")] else { continue }
        add(
          .ambiguousScalar(scalar.text, older: scalar.olderReading, newer: scalar.reading),
          scalar.position, scalar.text)
      }
    }
  }

  private mutating func check(_ key: String, _ value: Value) {
    switch (key, value) {
    case ("version", .number):
      add(.versionNumber(JSON.text(value)), document.position(of: [.key(key)]), JSON.text(value))
    case ("model", .string(let model)) where !ModelName.isExact(model):
      add(.floatingModel(model), document.position(of: [.key(key)]), model)
    default:
      checkName(of: key)
    }
  }

  private mutating func checkName(of key: String) {
    guard !FrontMatter.reservedKeys.contains(key) else { return }
    let place = document.keyPosition(of: [.key(key)])
    if key.contains(".") {
      let first = key.prefix { $0 != "." }
      if FrontMatter.reservedKeys.contains(String(first)) { add(.dottedField(key), place, key) }
    } else if Self.settings.contains(key) {
      add(.misplacedSetting(key), place, key)
    } else if let meant = Nearest.to(key, among: FrontMatter.reservedKeys) {
      add(.misspelledField(key, nearest: meant), place, key)
    }
  }

  /// The common settings of models, which belong under `config`.
  private static let settings = ["temperature", "maxOutputTokens", "topK", "topP", "stopSequences"]

  private mutating func add(_ remark: Remark, _ position: Position?, _ text: String) {
    remarks.add(
      remark, at: position.map { LintPlace($0, length: text.unicodeScalars.count) })
  }
}

/// Whether a model's name always means the same model.
enum ModelName {
  /// A name is exact with a date (`gpt-4o-2024-08-06`, `claude-3-opus-20240229`, `gpt-4-0613`), a
  /// version (`gemini-2.5-flash`) or a build (`gemini-pro-001`, `llama3:8b`, `titan-v1:0`).
  static func isExact(_ model: String) -> Bool {
    let name = model.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard !name.hasSuffix("latest"), !name.hasSuffix("preview") else { return false }
    if name.contains("@") || name.contains(":") { return true }
    var run = 0
    var previous: Character = " "
    for (character, next) in zip(name, name.dropFirst() + " ") {
      run = character.isNumber ? run + 1 : 0
      if run >= 3 { return true }
      if character == ".", previous.isNumber, next.isNumber { return true }
      previous = character
    }
    return false
  }
}
