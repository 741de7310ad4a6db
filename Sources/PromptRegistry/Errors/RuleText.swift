import Contracts

extension ErrorText {
  /// Which rule says no to a promotion or a change of the policy.
  package static func message(_ rule: Missing.Rule) -> String {
    switch rule {
    case .approvals(let have, let need):
      "\(count(need, "approval")) needed, \(have) given"
    case .voices(let name, let version, let have, let need):
      "\(count(need, "voice")) beside its publisher's needed for '\(name)' \(version), "
        + "\(have) given"
    case .ownerApprovals(let name, let have, let need):
      "\(count(need, "approval")) of owners of '\(name)' needed, \(have) given"
    case .rejected(let member): "'\(member)' has rejected it"
    case .locked(let environment, let why): "'\(environment)' is locked: \(oneLine(why))"
    case .baseMoved(let name): "'\(name)' has moved there since the request was made"
    case .targetYanked(let name, let version): "'\(name)' \(version) is yanked"
    case .notInFrom(let name, let version, let from):
      "'\(name)' \(version) is not live in '\(from)': it was not lately, or it was reverted"
    case .soak(let name, let version, let from, let until):
      "'\(name)' \(version) has not been live in '\(from)' for long enough"
        + (until.map { ", it will be at \($0)" } ?? "")
    case .policyMoved: "the policy has changed since the request was made"
    case .policyRule(let fault): message(fault)
    }
  }

  /// What makes a policy impossible, or a change of one.
  package static func message(_ fault: PolicyFault) -> String {
    switch fault {
    case .wrongVersion(let expected): "the next version of the policy is \(expected)"
    case .environmentTwice(let name): "the environment '\(name)' stands twice in the policy"
    case .unknownFrom(let name, let from):
      "'\(name)' is reached from '\(from)', which is no earlier environment"
    case .ownerApprovalsAboveApprovals(let name):
      "'\(name)' asks for more owners' approvals than approvals"
    case .unknownOwner(let match, let member):
      "'\(match)' is owned by '\(member)', who is no member"
    case .ownersWithoutMembers(let match): "'\(match)' is owned by nobody"
    case .keyTwice(let one, let other):
      one == other
        ? "a key of '\(one)' stands twice in the policy"
        : "'\(one)' and '\(other)' have the same key, and one key belongs to one member for ever"
    case .tooFewAdmins(let have, let need):
      "\(count(need, "admin")) with a live key needed, so that nobody is locked out; "
        + "there would be \(have)"
    case .changeApprovalsTooLow(let have, let need):
      "with so many admins a change of the policy must need at least \(count(need, "approval")), "
        + "as an environment does, not \(have)"
    case .memberLeft(let name): "the member '\(name)' cannot be taken out: revoke the keys instead"
    case .keyLeft(let name): "a key of '\(name)' is gone: move it to 'revoked' instead"
    case .revokedChanged(let name): "a revoked key of '\(name)' was changed"
    case .revokedAtWrongTime(let name): "a key of '\(name)' is revoked at another time than now"
    case .liveEnvironmentLeft(let name):
      "'\(name)' cannot be taken out while something is live there"
    case .tooMany(let what, let limit): "at most \(limit) \(what) are allowed"
    }
  }

  /// What stands in the way.
  static func message(_ conflict: Conflict) -> String {
    switch conflict {
    case .exists(let name): "'\(name)' exists already"
    case .retired(let name): "'\(name)' was retired"
    case .notOffered(let name): "'\(name)' was retired, so no version of it goes live"
    case .live(let name, let version, let environments):
      "'\(name)' \(version) is live in \(list(environments))"
    case .unpublishedInclude(let include, let name):
      "'\(name)' includes '\(include)', whose draft is not published"
    case .missingInclude(let include, let name):
      "'\(name)' includes '\(include)', which does not exist"
    case .newerInclude(let include, let name):
      "'\(name)' includes '\(include)', of which this workspace has not pulled the newest release"
    case .conflictMarks(let name, let file, let line):
      "the draft of '\(name)' has a conflict mark at line \(line) of "
        + "'prompts/\(name)\(file.rawValue)'"
    case .partialNotPromoted(let name):
      "'\(name)' is a partial, which goes live inside what includes it"
    case .nothingBefore(let name, let environment):
      "nothing of '\(name)' was live in '\(environment)' before"
    case .neverLive(let name, let environment, let version):
      "'\(name)' \(version) was not live in '\(environment)' before"
    case .movedSince(let entry, let names): "\(list(names)) has moved since entry \(entry)"
    case .entryMovedNothing(let entry): "entry \(entry) moved no pin"
    case .namedTwice(let name): "'\(name)' is named twice"
    case .notShown(let id): "request \(id) was not shown on this machine as it stands"
    case .onlyJustShown(let id):
      "request \(id) was not shown on this machine before, and is not approved yet"
    case .ownRequest(let id): "request \(id) is your own, and somebody else has to approve it"
    case .policyMoved(let id): "the policy has changed since request \(id) was made"
    case .policyOutdated(let began, let now):
      "the policy is at version \(now), and this one began from version \(began)"
    case .memberExists(let name): "there is a member named '\(name)' already"
    case .keyBelongs(let member): "that key belongs to '\(member)', for ever"
    case .locked(let environment, let lock):
      "'\(environment)' was locked by '\(lock.by)': \(oneLine(lock.why))"
    }
  }

  /// A right as the end of "may not …".
  package static func phrase(_ right: Right) -> String {
    switch right {
    case .publish(let name): "publish '\(name)'"
    case .yank(let name): "yank a version of '\(name)'"
    case .retire(let name): "retire '\(name)'"
    case .request(.policy): "ask for a change of the policy"
    case .request(.promotion(let environment, _)): "ask for a promotion to '\(environment)'"
    case .review: "review this request"
    case .close: "close this request"
    case .promote(let promotion): "promote to '\(promotion.environment)'"
    case .revert(let names): "revert \(list(names))"
    case .lock(let environment): "lock or unlock '\(environment)'"
    case .policy: "change the policy"
    case .service: "enrol services"
    }
  }
}
