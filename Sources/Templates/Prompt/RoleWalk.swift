/// Follows a template and its partials as a rendering would, and notes which roles the messages can
/// have: text before any mark is the user's, what follows `{{history}}` is the model's, and a mark
/// without text makes no message.
struct RoleWalk {
  /// The roles, in the order of the text; `history` stands for the messages of the caller, `*` for
  /// a role that is computed, and for all that a walk did not come to which ended at its limit.
  private(set) var roles: [String] = []

  /// What stands between two marks, known by the place of the first and the tags that lead there.
  private struct Stretch: Hashable {
    let role: String
    let place: [Int]
  }

  /// Nodes that are visited and stretches that are looked at before the walk ends unfinished.
  private static let stepLimit = 200_000
  /// So many bytes of text are searched for markers in one step.
  private static let stepSize = 64
  /// How often a partial is entered inside itself: once more shows what a repetition begins with.
  private static let recursionLimit = 2

  private let partials: [String: Template]
  /// What a dynamic partial may be.
  private let candidates: [String]
  private var template: Template
  private var inlines: [String: Body] = [:]
  /// The stretches that text may belong to here; several where a rendering takes one of many ways.
  private var open = [Stretch(role: Role.user.rawValue, place: [])]
  /// The stretches that have text, so that there is a message.
  private var shown: Set<Stretch> = []
  /// The tags of the partials being followed.
  private var place: [Int] = []
  private var following: [String] = []
  private var blockNames: [String] = []
  private var steps = 0

  /// Nodes, and the template in which they were written.
  private struct Body {
    let nodes: [TemplateNode]
    let template: Template
  }

  init(_ template: Template, partials: [String: Template], candidates: [String]) {
    self.template = template
    self.partials = partials
    self.candidates = candidates
    visit(Body(nodes: template.nodes, template: template), nil)
    if steps >= Self.stepLimit { roles.append("*") }
  }

  /// Notes text: whatever is printed makes a message.
  mutating func show() {
    steps += open.count
    for stretch in open where shown.insert(stretch).inserted { roles.append(stretch.role) }
  }

  private mutating func mark(_ role: String, at offset: Int) {
    open = [Stretch(role: role, place: place + [offset])]
  }

  private mutating func markHistory(at offset: Int) {
    mark("history", at: offset)
    show()
    mark(Role.model.rawValue, at: offset)
  }
}

extension RoleWalk {
  private typealias Way = (inout RoleWalk) -> Void

  private mutating func visit(_ body: Body, _ block: Body?) {
    let outer = (template, inlines)
    template = body.template
    define(inlinesOf: body.nodes)
    for node in body.nodes {
      steps += 1
      guard steps < Self.stepLimit else { break }
      visit(node, block)
    }
    (template, inlines) = outer
  }

  private mutating func define(inlinesOf nodes: [TemplateNode]) {
    let own = nodes.compactMap { node -> (name: String, body: Body)? in
      guard case .inline(let inline) = node, case .string(let name, _) = inline.name else {
        return nil
      }
      return (name, Body(nodes: inline.body.nodes, template: template))
    }
    // What is known is copied where something is added.
    if !own.isEmpty { steps += inlines.count }
    for (name, body) in own { inlines[name] = body }
  }

  private mutating func visit(_ node: TemplateNode, _ block: Body?) {
    switch node {
    case .text(let id): visit(template.texts[id].kept)
    case .comment, .inline: break
    case .mustache(let mustache): visit(mustache)
    case .block(let inner): visit(inner, block)
    case .partial(let partial): visit(partial, block)
    }
  }

  private mutating func visit(_ text: Range<Int>) {
    steps += text.count / Self.stepSize
    var start = text.lowerBound
    for marker in HandwrittenMarker.all(in: template.source, text) {
      if !template.isBlank(start..<marker.range.lowerBound) { show() }
      start = marker.range.upperBound
      switch marker.kind {
      case .role(let role): mark(role, at: marker.range.lowerBound)
      case .history: markHistory(at: marker.range.lowerBound)
      case .section, .media: show()
      }
    }
    if !template.isBlank(start..<text.upperBound) { show() }
  }

  private mutating func visit(_ mustache: Mustache) {
    switch meaning(of: mustache.call) {
    case .variable, .unknownHelper: show()
    case .helper(let helper):
      switch helper {
      case .role:
        guard case .string(let role, _)? = mustache.call.parameters.first else {
          return mark("*", at: mustache.range.lowerBound)
        }
        mark(role, at: mustache.range.lowerBound)
      case .history: markHistory(at: mustache.range.lowerBound)
      case .media, .section, .json, .lookup: show()
      case .log, .if, .unless, .each, .with, .ifEquals, .unlessEquals: break
      }
    }
  }

  private func meaning(of call: Call) -> CallMeaning {
    template.dialect.meaning(of: call, isSubexpression: false, blockNames: blockNames)
  }

  private mutating func visit(_ block: Block, _ outer: Body?) {
    let template = template
    let parameters = block.body?.parameters.map(\.name) ?? []
    let repeats = meaning(of: block.call).repeatsBlocks
    let body: Way = { walk in
      guard let branch = block.body else { return }
      let nodes = Body(nodes: branch.nodes, template: template)
      let (before, names) = (walk.open, walk.blockNames)
      walk.blockNames += parameters
      walk.visit(nodes, outer)
      if repeats, walk.open != before { walk.visit(nodes, outer) }
      walk.blockNames = names
    }
    let inverse: Way = { walk in
      guard let branch = block.inverse else { return }
      walk.visit(Body(nodes: branch.nodes, template: template), outer)
    }
    visitOne(of: [body, inverse])
  }

  /// Visits ways of which a rendering takes one.
  private mutating func visitOne(of ways: [Way]) {
    let before = open
    var after: [Stretch] = []
    var known: Set<Stretch> = []
    for way in ways {
      open = before
      way(&self)
      steps += open.count
      after += open.filter { known.insert($0).inserted }
    }
    if !ways.isEmpty { open = after }
  }
}

extension RoleWalk {
  private mutating func visit(_ partial: Partial, _ block: Body?) {
    let own = partial.block.map { Body(nodes: $0.nodes, template: template) }
    let outer = (place, inlines, blockNames)
    defer { (place, inlines, blockNames) = outer }
    place.append(partial.opening.lowerBound)
    blockNames = []
    define(inlinesOf: own?.nodes ?? [])
    switch partial.name {
    case .fixed(TemplateInclude.partialBlock):
      if let block { visit(block, nil) }
    case .fixed(let name): visitOne(of: ways(to: name, own))
    case .dynamic:
      let place = place
      visitOne(
        of: candidates.enumerated().flatMap { index, name in
          ways(to: name, own).map { way in
            { walk in
              walk.place = place + [index]
              way(&walk)
            }
          }
        })
    }
  }

  /// What a name may mean: where an inline partial is called depends on the blocks around the tag.
  private func ways(to name: String, _ block: Body?) -> [Way] {
    var bodies = inlines[name].map { [$0] } ?? []
    if let other = partials[name] { bodies.append(Body(nodes: other.nodes, template: other)) }
    if bodies.isEmpty { return block.map { body in [{ $0.visit(body, nil) }] } ?? [] }
    guard following.count(where: { $0 == name }) < Self.recursionLimit else { return [] }
    return bodies.map { body in
      { walk in
        walk.following.append(name)
        walk.visit(body, block)
        walk.following.removeLast()
      }
    }
  }
}

extension CallMeaning {
  /// Whether the body of such a block may be rendered more than once.
  fileprivate var repeatsBlocks: Bool {
    switch self {
    case .variable, .helper(.each): true
    case .unknownHelper, .helper: false
    }
  }
}

extension Template {
  fileprivate func isBlank(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      let length = TemplateCharacters.whiteSpace(source, at: place, end: range.upperBound)
      if length == 0 { return false }
      place += length
    }
    return true
  }
}

extension Template {
  /// The roles that the messages of a rendering can have, in the order of the text, with `history`
  /// for the messages of the caller and `*` for a role that is computed; `*` also ends the roles
  /// where the tags lead more ways than are followed.
  ///
  /// A dynamic partial may be any of `candidates`.
  package func roles(partials: [String: Template], candidates: [String] = []) -> [String] {
    RoleWalk(self, partials: partials, candidates: candidates).roles
  }

  /// The roles of what a partial says and of what follows it, where it stands at the beginning.
  package func rolesOfPartial(partials: [String: Template]) -> [String] {
    var walk = RoleWalk(self, partials: partials, candidates: [])
    walk.show()
    return walk.roles
  }
}
