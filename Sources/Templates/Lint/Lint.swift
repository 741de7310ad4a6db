import Notation

/// Finds what is wrong with a prompt or a partial, or probably not meant; `docs/lint.md` has the
/// rules.
///
/// A source that cannot be read is linted as far as it can be: one fault does not hide another.
package struct Lint {
  /// What a source may refer to.
  package struct Surroundings {
    /// The source of a partial, or nil where there is none.
    package var partial: (String) -> SourceText?
    /// The names of all partials there are, to suggest one.
    package var partialNames: [String]
    /// Where schemas with names come from.
    package var environment: PromptEnvironment

    /// Without names nothing is suggested; the environment of a registry is empty.
    package init(
      partial: @escaping (String) -> SourceText?, partialNames: [String] = [],
      environment: PromptEnvironment = PromptEnvironment()
    ) {
      self.partial = partial
      self.partialNames = partialNames
      self.environment = environment
    }
  }

  /// What a source is: only prompts have front matter, and only they can list candidates.
  private enum Kind { case prompt, partial }

  private let kind: Kind
  private let source: SourceText
  private let surroundings: Surroundings
  private var findings: [Finding] = []

  /// All findings on a prompt, in the order of their places; beside an error no warning.
  package static func findings(
    inPrompt source: SourceText, _ surroundings: Surroundings
  ) -> [Finding] {
    var lint = Lint(.prompt, source, surroundings)
    if lint.checkText() { lint.checkPrompt() }
    return lint.ordered
  }

  /// All findings on a partial: it has no front matter, and what it reads is judged where it is
  /// included.
  package static func findings(
    inPartial source: SourceText, _ surroundings: Surroundings
  ) -> [Finding] {
    var lint = Lint(.partial, source, surroundings)
    if lint.checkText() { lint.checkPartial() }
    return lint.ordered
  }

  private init(_ kind: Kind, _ source: SourceText, _ surroundings: Surroundings) {
    self.kind = kind
    self.source = source
    self.surroundings = surroundings
  }

  /// Checks what needs no parsing; false where nothing else can be checked.
  private mutating func checkText() -> Bool {
    do {
      try PromptFile.checkReadable(source)
    } catch {
      findings.append(Finding(error))
      return false
    }
    add(TextRules.remarks(in: source))
    return true
  }

  private mutating func checkPartial() {
    let body = FileParts(ofPartial: source).body
    checkTags(body)
    guard let template = template(body) else { return }
    _ = checkIncludes(of: template, candidates: nil)
  }

  private mutating func checkPrompt() {
    let parts: FileParts
    do {
      parts = try FileParts(of: source)
    } catch {
      add(PromptError(.unclosedFence, in: source, at: source.position(at: error.offset)))
      return
    }
    let document = parts.frontMatter.flatMap { checkFrontMatter($0) }
    let schema = document.flatMap { checkSchemas($0) }
    checkTags(parts.body)
    guard let template = template(parts.body) else { return }
    let candidates = document?.value[FrontMatter.includesKey]?.list?.compactMap(\.string)
    guard let closure = checkIncludes(of: template, candidates: candidates) else { return }
    guard let document, let schema else {
      if document?.value["input"]?["schema"] == nil { suggestSchema(template, closure) }
      return
    }
    add(
      VariableRules.remarks(
        on: VariableRules.Subject(
          source: source, document: document, template: template, candidates: candidates ?? [],
          closure: closure, schema: schema)))
  }

  private mutating func suggestSchema(_ template: Template, _ closure: Closure) {
    let reads = template.reads(partials: closure.partials)
    guard let schema = SchemaInference.picoschema(for: reads),
      let first = reads.references.first(where: { $0.source == .variables })
    else { return }
    add([(.noSchema(inferred: schema), LintPlace(first.tag, in: source))])
  }

  private mutating func checkFrontMatter(_ range: Range<Int>) -> Document? {
    let document: Document
    do {
      document = try PromptFile.document(in: source, range)
    } catch {
      add(error)
      return nil
    }
    add(FrontMatterRules.remarks(on: document))
    do {
      _ = try FrontMatter(document, in: source)
    } catch {
      add(error)
    }
    return document
  }

  private mutating func checkSchemas(_ document: Document) -> CompiledSchema? {
    let rules = SchemaRules(document, in: source, named: surroundings.environment.schema)
    add(rules.remarks.items)
    for error in rules.errors { add(error) }
    return rules.input
  }

  private mutating func checkTags(_ body: Range<Int>) {
    add(TagRules.remarks(in: source, body))
  }

  /// The tree, if the template parses; what only compiling it shows is checked as well.
  private mutating func template(_ body: Range<Int>) -> Template? {
    do {
      let template = try Template.parse(source.bytes, part: body, name: source.name)
      do {
        _ = try CompiledTemplate(template)
      } catch {
        add(error)
      }
      return template
    } catch {
      add(error)
      return nil
    }
  }

  /// A fault that a rule about tags has named in the same line is not named twice.
  private mutating func add(_ error: TemplateError) {
    let error = PromptError(error, in: source)
    let isKnown = findings.contains { $0.line == error.position.line && $0.rule.isAboutTags }
    if !isKnown { add(error) }
  }

  private mutating func checkIncludes(
    of template: Template, candidates: [String]?
  ) -> Closure? {
    let closure: Closure
    do {
      closure = try Closure(of: template, candidates: candidates) { name throws(PromptError) in
        guard let source = surroundings.partial(name) else { return nil }
        return try Prompt.template(ofPartial: source)
      }
    } catch {
      add(error)
      return nil
    }
    var remarks = Remarks()
    for missing in closure.missing {
      let nearest = missing.name.flatMap { Nearest.to($0, among: surroundings.partialNames) }
      remarks.add(
        .missingPartial(missing.name ?? "", in: includer(of: missing), nearest: nearest),
        at: LintPlace(missing.tag, in: source))
    }
    for dynamic in closure.dynamic where kind == .prompt {
      remarks.add(
        .dynamicPartial(in: includer(of: dynamic)), at: LintPlace(dynamic.tag, in: source))
    }
    add(remarks.items)
    return closure
  }
}

extension Lint {
  /// The partial that holds an include; nil for this source itself.
  private func includer(of inclusion: Closure.Inclusion) -> String? {
    inclusion.template.name == source.name ? nil : inclusion.template.name
  }

  private mutating func add(_ remarks: [(remark: Remark, place: LintPlace)]) {
    findings += remarks.map { Finding($0.remark, in: source, at: $0.place) }
  }

  private mutating func add(_ error: PromptError) {
    let rule = error.problem.rule
    guard findings.count(where: { $0.rule == rule }) < Remarks.limitPerRule else { return }
    findings.append(Finding(error))
  }

  private var ordered: [Finding] {
    let errors = Set(findings.filter { $0.severity == .error }.map(\.position))
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
      .filter { $0.severity == .error || !errors.contains($0.position) }
      .sorted { ($0.line, $0.column, $0.id) < ($1.line, $1.column, $1.id) }
  }
}
