import PromptRegistry

extension Workspace {
  /// What bringing every draft up to what is published would do.
  func catchups(to state: State) throws(CommandError) -> [Catchup] {
    let drafts = try files.drafts()
    return try registryErrors(in: state.catchups(of: drafts))
  }

  /// Brings every draft up to what is published, merging what both changed; returns what was done.
  /// The record is changed and not saved.
  mutating func catchUp(to state: State) throws(CommandError) -> [Catchup] {
    let catchups = try catchups(to: state)
    try files.write(catchups.map(\.draft))
    try files.writeChangelogs(of: catchups.map(\.draft.name), state)
    for catchup in catchups {
      record.drafts[catchup.draft.name] = catchup.draft.start
    }
    return catchups
  }
}
