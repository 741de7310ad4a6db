extension CommandTable {
  /// Everything that `stet` can do.
  static let all = CommandTable([
    Group("For everybody", [Help.self, Version.self, Completions.self])
  ])
}
