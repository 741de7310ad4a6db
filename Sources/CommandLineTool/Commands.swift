extension CommandTable {
  /// Everything that `stet` can do.
  static let all = CommandTable([
    Group("For authors", authoring),
    Group("For readers", reading),
    Group("For reviewers and operators", reviewing),
    Group("For many machines", sharing),
    Group("For other programs", serving),
    Group("For everybody", [Help.self, Version.self, Completions.self, Complete.self]),
  ])

  private static let serving: [any Command.Type] = [PinCommand.self, Vendor.self, Serve.self]
  private static let authoring: [any Command.Type] = [
    Init.self, New.self, Status.self, Check.self, Publish.self, Restore.self, Yank.self,
    Retire.self, Verify.self, KeyNew.self, KeyShow.self, GitCommand.self, Doctor.self,
  ]
  private static let sharing: [any Command.Type] = [
    Clone.self, Pull.self, RemoteSet.self, Pack.self, HostInit.self, HostRepair.self, Hook.self,
  ]
  private static let reviewing: [any Command.Type] = [
    Promote.self, Withdraw.self, ReviewCommand.self, Approve.self, Reject.self, Close.self,
    Revert.self,
    Lock.self, Unlock.self, MemberAdd.self, MemberRevoke.self, PolicyShow.self, PolicyEdit.self,
    PolicySet.self, PolicyPresetCommand.self, ServiceAdd.self, ServiceRevoke.self,
    ServiceList.self,
  ]
  private static let reading: [any Command.Type] = [
    Get.self, List.self, Show.self, Log.self, Blame.self, EnvironmentCommand.self, Diff.self,
    Render.self, Validate.self,
  ]
}
