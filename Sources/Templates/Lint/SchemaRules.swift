import Notation

/// The rules that look at the schemas of the front matter.
struct SchemaRules {
  private let document: Document
  private let source: SourceText
  private(set) var remarks = Remarks()
  private(set) var errors: [PromptError] = []
  private(set) var input: CompiledSchema?

  /// Compiles both schemas and says what is wrong with them, or remarkable.
  init(_ document: Document, in source: SourceText, named: @escaping Picoschema.Named) {
    self.document = document
    self.source = source
    for field in ["input", "output"] {
      guard let value = document.value[field]?["schema"] else { continue }
      let path = [PathStep.key(field), .key("schema")]
      findFlowTexts(value, at: path)
      let outcome = Picoschema.inspect(value, at: path, named: named)
      for error in outcome.errors { report(error) }
      for note in outcome.schema?.notes ?? [] { remark(on: note) }
      if field == "input" { input = outcome.schema }
    }
  }

  private mutating func report(_ error: PicoschemaError) {
    if case .unknownType(let type) = error.problem, type.hasSuffix("[]") {
      let property = FieldName(error.path.last?.name ?? "items").property
      let remark = Remark.listBrackets(property: property, item: String(type.dropLast(2)))
      add(remark, document.position(of: error.path), length: type.unicodeScalars.count)
      return
    }
    let position = error.position(in: document) ?? source.position(at: 0)
    errors.append(PromptError(.schema(error.problem), in: source, at: position))
  }

  private mutating func remark(on note: PicoschemaNote) {
    let key = note.path.last?.name ?? ""
    let place = document.keyPosition(of: note.path)
    switch note.kind {
    case .nullType:
      guard !isFlowText(note.path) else { return }
      add(.nullType(FieldName(key).property), place, length: key.unicodeScalars.count)
    case .unmarkedJSONSchema: add(.unmarkedJSONSchema, document.position(of: note.path), length: 1)
    case .cutDescription: add(.cutDescription, place, length: key.unicodeScalars.count)
    case .anyAtTop: add(.anyAtTop, document.position(of: note.path), length: 3)
    }
  }

  /// `{name: string, the name, age: number}` has a property `the name` without a colon.
  private mutating func findFlowTexts(_ value: Value, at path: [PathStep]) {
    switch value {
    case .map(let map):
      for (key, value) in map.entries {
        let inner = path + [.key(key)]
        if isFlowText(inner) {
          add(
            .flowDescription(key), document.keyPosition(of: inner),
            length: key.unicodeScalars.count)
        }
        findFlowTexts(value, at: inner)
      }
    case .list(let list):
      for (index, value) in list.enumerated() { findFlowTexts(value, at: path + [.index(index)]) }
    case .null, .bool, .number, .string: break
    }
  }

  /// Whether a key within braces has no colon, so that it was meant to be text.
  private func isFlowText(_ path: [PathStep]) -> Bool {
    guard document.collectionStyle(of: path.dropLast()) == .flow,
      document.value.value(at: path) == .null, let key = document.keyPosition(of: path)
    else { return false }
    let rest = source.bytes[key.offset...]
    let end = rest.first { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ":")
    }
    return end != UInt8(ascii: ":")
  }

  private mutating func add(_ remark: Remark, _ position: Position?, length: Int) {
    remarks.add(remark, at: position.map { LintPlace($0, length: length) })
  }
}

extension PicoschemaError {
  /// The key where that is at fault, else the value.
  func position(in document: Document) -> Position? {
    switch problem {
    case .unknownKind, .enumWithoutList:
      document.keyPosition(of: path) ?? document.position(of: path)
    case .notASchema, .unknownType, .notAType: document.position(of: path)
    }
  }
}

extension PathStep {
  /// The key of a map, else nil.
  var name: String? {
    if case .key(let key) = self { key } else { nil }
  }
}

extension Value {
  /// The part at a path, or nil where the path leads nowhere.
  func value(at path: some Collection<PathStep>) -> Value? {
    path.reduce(into: Optional(self)) { value, step in
      switch step {
      case .key(let key): value = value?[key]
      case .index(let index):
        let list = value?.list ?? []
        value = list.indices.contains(index) ? list[index] : nil
      }
    }
  }
}
