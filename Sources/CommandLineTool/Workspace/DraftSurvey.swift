import Platform
import PromptRegistry
import Templates

/// The drafts of a folder as far as they can be read, and what is wrong with the others.
struct DraftSurvey {
  var drafts: [Draft] = []
  var flaws: [DraftFlaw] = []
  /// Drafts in folders that cannot be looked into.
  fileprivate var hidden: Set<PromptName> = []

  /// The names of drafts that cannot be read.
  var unreadable: Set<PromptName> { hidden.union(flaws.compactMap(\.name)) }
}

/// A file among the drafts that cannot be read as one.
struct DraftFlaw {
  /// Whose it is; nil where its name is none.
  let name: PromptName?
  let finding: CheckFinding

  /// Nil for an error that is not about one file of the folder.
  init?(_ error: CommandError, of name: PromptName?, in folder: String) {
    self.name = name
    func file(_ path: String) -> String {
      "\(Folder.prompts.path)/\(path.dropFirst(folder.count + 1))"
    }
    switch error {
    case .platform(.tooLarge(let path, let limit)):
      finding = CheckFinding(.limit, file(path), "the file is longer than \(limit) bytes")
    case .platform(.wrongKind(let path)), .platform(.denied(let path)):
      finding = CheckFinding(.file, file(path), nil, ErrorReport(error).message)
    case .link(let path):
      var finding = CheckFinding(.file, file(path), nil, "a link is no draft")
      finding.fix = ErrorReport(error).hint
      self.finding = finding
    case .badFileName(let path, let badName):
      var finding = CheckFinding(.file, file(path), nil, ErrorText.message(.badName(badName)))
      finding.fix = ErrorReport(error).hint
      self.finding = finding
    case _: return nil
    }
  }
}

extension DraftFolder {
  /// Every draft that can be read, or those that are asked for, and what is wrong with the others.
  func survey(
    where isWanted: (PromptName) -> Bool = { _ in true }
  ) throws(CommandError) -> DraftSurvey {
    let contents = try contents()
    var survey = try survey(of: contents.names.filter(isWanted))
    let known = Set(survey.flaws.map(\.finding))
    survey.flaws += contents.faults.compactMap { DraftFlaw($0, of: nil, in: path) }
      .filter { !known.contains($0.finding) }
    survey.hidden = contents.hidden.filter(isWanted)
    return survey
  }

  /// The same of some names, each of which must have a file.
  func survey(of names: [PromptName]) throws(CommandError) -> DraftSurvey {
    var survey = DraftSurvey()
    for name in names {
      do throws(CommandError) {
        survey.drafts.append(try existingDraft(name))
      } catch {
        guard let flaw = DraftFlaw(error, of: name, in: path) else { throw error }
        survey.flaws.append(flaw)
      }
    }
    return survey
  }
}
