import Notation

/// The rules that compare what a prompt and its partials read with what its schema declares.
struct VariableRules {
  /// The prompt that is compared.
  struct Subject {
    let source: SourceText
    let document: Document
    let template: Template
    let candidates: [String]
    let closure: Closure
    let schema: CompiledSchema
  }

  private let prompt: Subject
  private let outline: SchemaOutline
  private let reads: TemplateReads
  private var remarks = Remarks()

  /// All remarks on what is read and not declared, declared and not read, or read as a text.
  static func remarks(on prompt: Subject) -> [(remark: Remark, place: LintPlace)] {
    var rules = VariableRules(prompt)
    rules.checkReads()
    let closure = prompt.closure
    let isWhole = rules.reads.isComplete && closure.missing.isEmpty && closure.dynamic.isEmpty
    if isWhole { rules.checkDeclarations() }
    return rules.remarks.items
  }

  private init(_ prompt: Subject) {
    self.prompt = prompt
    outline = SchemaOutline(prompt.schema.value)
    reads = prompt.template.reads(
      partials: prompt.closure.partials, candidates: prompt.candidates)
  }

  private mutating func checkReads() {
    for read in reads.references where read.source == .variables {
      if case .undeclared(let names) = outline.part(at: read.steps) {
        let partial = read.template == prompt.source.name ? nil : read.template
        let nearest = read.steps.last?.name.flatMap { Nearest.to($0, among: names) }
        add(.undeclared(read.description, partial: partial, nearest: nearest), read)
      }
      if read.use == .printed, !read.steps.isEmpty, outline.printsAsObject(at: read.steps) {
        add(.objectAsText(read.description, written: spelling(of: read)), read)
      }
    }
  }

  private mutating func checkDeclarations() {
    let read = Set(reads.references.flatMap(names))
    let isReadWhole = reads.references.contains { $0.source == .variables && $0.steps.isEmpty }
    let helpers = prompt.template.dialect.knownHelpers.map(\.rawValue)
    for (name, _) in prompt.schema.value["properties"]?.map?.entries ?? []
    where !read.contains(name) {
      let path = prompt.schema.source(of: [.key("properties"), .key(name)])
      guard let position = prompt.document.keyPosition(of: path) else { continue }
      let place = LintPlace(position, length: path.last?.name?.unicodeScalars.count ?? 1)
      if helpers.contains(name) {
        remarks.add(.helperName(name), at: place)
      } else if !isReadWhole {
        remarks.add(.unused(name), at: place)
      }
    }
  }

  /// The variable that is read; within `{{#x}}` also the name itself, since `x` may be a mere
  /// truth value, and what is read then a variable of the prompt.
  private func names(of read: TemplateReference) -> [String] {
    guard read.source == .variables else { return [] }
    let first = read.steps.first?.name
    guard let place = read.steps.lastIndex(of: .itemOrSelf) else {
      return [first].compactMap(\.self)
    }
    let inner = place + 1 < read.steps.count ? read.steps[place + 1].name : nil
    return [first, inner].compactMap(\.self)
  }

  private func spelling(of read: TemplateReference) -> String {
    let template = prompt.closure.partials[read.template] ?? prompt.template
    return String(decoding: template.source[read.range], as: UTF8.self)
  }

  private mutating func add(_ remark: Remark, _ read: TemplateReference) {
    let isHere = read.template == prompt.source.name
    remarks.add(remark, at: LintPlace(isHere ? read.range : read.tag, in: prompt.source))
  }
}

extension TemplateReference.Step {
  /// The key, else nil.
  fileprivate var name: String? {
    if case .key(let name) = self { name } else { nil }
  }
}
