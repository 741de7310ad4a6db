/// Follows a template and its partials, and notes every input they read.
struct ReferenceWalk {
  private(set) var found: [TemplateReference] = []
  private let partials: [String: Template]
  /// What a dynamic partial may be.
  private let candidates: [String]
  /// The tag of the first template through which partials are followed.
  private var tag: Range<Int>?
  private var steps = 0

  /// Nodes that are visited before the walk ends unfinished.
  private static let stepLimit = 100_000

  var isComplete: Bool { steps < Self.stepLimit }

  private var template: Template
  private var inlines: [String: Branch]
  /// The partials being followed, so that recursion ends.
  private var following: [String] = []

  init(template: Template, partials: [String: Template], candidates: [String]) {
    self.template = template
    self.partials = partials
    self.candidates = candidates
    inlines = Self.inlines(of: template)
  }

  mutating func visit(_ nodes: [TemplateNode], in scope: ReferenceScope) {
    for node in nodes {
      guard isComplete else { return }
      steps += 1
      switch node {
      case .text, .comment: break
      case .mustache(let mustache): read(mustache.call, in: scope)
      case .block(let block): visit(block, in: scope)
      case .partial(let partial): visit(partial, in: scope)
      case .inline: break
      }
    }
  }

  private mutating func visit(_ block: Block, in scope: ReferenceScope) {
    let inner = inside(block, in: scope)
    if let body = block.body { visit(body.nodes, in: inner) }
    if let inverse = block.inverse { visit(inverse.nodes, in: scope) }
  }

  /// Notes what the block's tag reads, and gives the scope of its body.
  private mutating func inside(
    _ block: Block, in scope: ReferenceScope
  ) -> ReferenceScope {
    let call = block.call
    let parameters = block.body?.parameters ?? []
    switch meaning(of: call, isSubexpression: false, in: scope) {
    case .variable:
      let item = note(call.callee, .iterated, in: scope).appending(.itemOrSelf)
      return scope.entering(item).naming(parameters, [item])
    case .unknownHelper:
      readArguments(of: call, .passed, in: scope)
      return scope
    case .helper(let helper):
      let subject = readArguments(of: call, helper.referenceUse, in: scope)
      switch helper {
      case .each:
        let item = subject.appending(.item)
        return scope.entering(item).naming(parameters, [item])
      case .with: return scope.entering(subject).naming(parameters, [subject])
      case .if, .unless, .lookup, .log, .role, .history, .media, .section, .json, .ifEquals,
        .unlessEquals:
        return scope
      }
    }
  }

  private mutating func visit(_ partial: Partial, in scope: ReferenceScope) {
    if case .dynamic(let name) = partial.name { read(name, .passed, in: scope) }
    var place = partial.context.map { read($0, .passed, in: scope) } ?? scope.place
    if !partial.hash.isEmpty {
      var names: [String: ReferencePlace] = [:]
      for argument in partial.hash {
        names[argument.name] = read(argument.value, .passed, in: scope)
      }
      place = .overlaid(place, names)
    }
    let isOutermost = tag == nil
    if isOutermost { tag = partial.opening }
    switch partial.name {
    case .fixed(let name): follow(name, partial, at: place, in: scope)
    case .dynamic: for name in candidates { follow(name, partial, at: place, in: scope) }
    }
    if isOutermost { tag = nil }
  }

  private mutating func follow(
    _ name: String, _ partial: Partial, at place: ReferencePlace, in scope: ReferenceScope
  ) {
    guard !following.contains(name) else { return }
    var inner = scope.entering(place)
    inner.block = partial.block.map { ReferenceScope.Body(branch: $0, template: template) }
    if name == TemplateInclude.partialBlock {
      inner.block = nil
      if let body = scope.block { visit(body, in: inner) }
      return
    }
    // Which of the two is meant depends on the block around the tag: what either reads counts.
    if let inline = inlines[name] {
      following.append(name)
      visit(inline.nodes, in: inner)
      following.removeLast()
    }
    if let other = partials[name] {
      let (outerTemplate, outerInlines) = (template, inlines)
      template = other
      inlines.merge(Self.inlines(of: other)) { _, new in new }
      following.append(name)
      visit(other.nodes, in: ReferenceScope(place: place, block: inner.block))
      following.removeLast()
      (template, inlines) = (outerTemplate, outerInlines)
    } else if inlines[name] == nil, let block = partial.block {
      visit(block.nodes, in: inner)
    }
  }

  /// Visits nodes that stand in another template than the one that is followed.
  private mutating func visit(_ body: ReferenceScope.Body, in scope: ReferenceScope) {
    let outer = template
    template = body.template
    visit(body.branch.nodes, in: scope)
    template = outer
  }

  private static func inlines(of template: Template) -> [String: Branch] {
    var inlines: [String: Branch] = [:]
    template.forEachNode { node in
      guard case .inline(let inline) = node, case .string(let name, _) = inline.name else { return }
      inlines[name] = inline.body
    }
    return inlines
  }
}

extension ReferenceWalk {
  /// Notes what a tag without a block reads.
  private mutating func read(_ call: Call, in scope: ReferenceScope) {
    switch meaning(of: call, isSubexpression: false, in: scope) {
    case .variable: note(call.callee, .printed, in: scope)
    case .helper(let helper): readArguments(of: call, helper.referenceUse, in: scope)
    case .unknownHelper: readArguments(of: call, .passed, in: scope)
    }
  }

  /// Notes what an argument reads; returns where its value comes from.
  @discardableResult
  private mutating func read(
    _ expression: Expression, _ use: TemplateReference.Use, in scope: ReferenceScope
  ) -> ReferencePlace {
    switch expression {
    case .path(let path): return note(path, use, in: scope)
    case .string, .number, .bool, .null, .undefined: return .none
    case .call(let call):
      let meaning = meaning(of: call, isSubexpression: true, in: scope)
      guard meaning == .helper(.lookup) else {
        readArguments(of: call, .passed, in: scope)
        return .none
      }
      return readArguments(of: call, use, in: scope)
    }
  }

  /// Notes what the arguments read; returns where the helper's subject comes from.
  @discardableResult
  private mutating func readArguments(
    of call: Call, _ use: TemplateReference.Use, in scope: ReferenceScope
  ) -> ReferencePlace {
    for argument in call.hash { read(argument.value, .passed, in: scope) }
    guard call.callee.simpleName == Helper.lookup.rawValue, call.parameters.count == 2 else {
      return call.parameters.map { read($0, use, in: scope) }.first ?? .none
    }
    read(call.parameters[1], .passed, in: scope)
    return lookUp(call.parameters[0], call.parameters[1], use, in: scope)
  }

  /// `lookup map key`: a member of the map, which one is known only for a literal key.
  private mutating func lookUp(
    _ subject: Expression, _ key: Expression, _ use: TemplateReference.Use,
    in scope: ReferenceScope
  ) -> ReferencePlace {
    let step: TemplateReference.Step
    if case .string(let name, _) = key { step = .key(name) } else { step = .item }
    guard case .path(let path) = subject else {
      return read(subject, .passed, in: scope).appending(step)
    }
    let place = scope.place(of: path).appending(step)
    note(place, use, path.range)
    return place
  }

  @discardableResult
  private mutating func note(
    _ path: TemplatePath, _ use: TemplateReference.Use, in scope: ReferenceScope
  ) -> ReferencePlace {
    let place = scope.place(of: path)
    note(place, use, path.range)
    return place
  }

  private mutating func note(
    _ place: ReferencePlace, _ use: TemplateReference.Use, _ range: Range<Int>
  ) {
    switch place {
    case .none: break
    case .overlaid(let base, _): note(base, use, range)
    case .input(let source, let steps):
      found.append(
        TemplateReference(
          source: source, steps: steps, use: use, template: template.name, range: range,
          tag: tag ?? range))
    }
  }

  private func meaning(
    of call: Call, isSubexpression: Bool, in scope: ReferenceScope
  ) -> CallMeaning {
    template.dialect.meaning(
      of: call, isSubexpression: isSubexpression, blockNames: scope.blockNames)
  }
}

extension Helper {
  /// What the helper does with its arguments.
  fileprivate var referenceUse: TemplateReference.Use {
    switch self {
    case .if, .unless: .tested
    case .each: .iterated
    case .with: .entered
    case .lookup: .printed
    case .json: .json
    case .ifEquals, .unlessEquals: .compared
    case .log, .role, .history, .media, .section: .passed
    }
  }
}
