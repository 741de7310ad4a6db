extension CommandTable {
  /// Everything that `stet` can do.
  static let all = CommandTable([
    Group("For authors", authoring),
    Group("For readers", reading),
    Group("For everybody", [Help.self, Version.self, Completions.self]),
  ])

  private static let authoring: [any Command.Type] = [
    Init.self, New.self, Status.self, Publish.self, Restore.self, Yank.self, Retire.self,
    Verify.self, KeyNew.self, KeyShow.self,
  ]
  private static let reading: [any Command.Type] = [Get.self, List.self, Render.self]
}
