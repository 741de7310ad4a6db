/// What a name in front of a tag or a sub-expression stands for.
enum CallMeaning: Hashable {
  case helper(Helper)
  /// It is given arguments, so it must be a helper, but there is none of that name.
  case unknownHelper(String)
  case variable
}

extension Dialect {
  /// Decides as Handlebars does: names of the block come first, then helpers, then variables.
  func meaning(of call: Call, isSubexpression: Bool, blockNames: [String]) -> CallMeaning {
    let path = call.callee
    if let name = path.simpleName, blockNames.contains(name) { return .variable }
    guard isSubexpression || call.hasArguments else {
      guard let name = path.simpleName, let helper = helper(named: name) else { return .variable }
      return .helper(helper)
    }
    guard let name = path.steps.first?.name else { return .unknownHelper(path.spelling) }
    guard let helper = helper(named: name) else { return .unknownHelper(path.spelling) }
    return .helper(helper)
  }

  private func helper(named name: String) -> Helper? {
    Helper(rawValue: name).flatMap { knownHelpers.contains($0) ? $0 : nil }
  }
}
