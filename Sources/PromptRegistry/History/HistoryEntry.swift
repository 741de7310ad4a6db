import Contracts
package import Keys
package import Ledger
package import Notation

/// One entry as people ask about it: who did what to which prompts, when and why.
package struct HistoryEntry: Hashable, Sendable {
  package let number: Int
  package let action: Action
  package let by: String
  package let at: Timestamp
  package let headline: String
  /// What the author of a publication says; of any other entry only why.
  package let words: ChangeWords
  package let digest: Digest
  /// The request that it opened, reviewed, closed or carried out.
  package let request: Int?
  /// What was decided, of a review.
  package let decision: String?
  /// Versions that it published.
  package let published: [Headline.Publication]
  /// The environment whose pins or lock it changed, or for which the request is that it is about.
  package let environment: EnvironmentName?
  /// Every prompt that it touched, or that the request would move that it is about; sorted.
  package let names: [PromptName]
}

extension HistoryEntry {
  /// Reads an entry together with the slots it changed and the request that it is about.
  package init(_ step: EntryStep) throws(RegistryError) {
    self.init(step, about: try step.request())
  }

  /// The same with the request, or without where it cannot be read.
  init(_ step: EntryStep, about record: RequestRecord?) {
    let said = step.entry.entry
    number = said.number
    // A ledger that verifies holds no other actions.
    action = Action(rawValue: said.deed.action) ?? .`init`
    by = said.member
    at = said.time
    headline = said.headline
    words =
      action == .publish
      ? ChangeWords(text: said.text) : ChangeWords(what: "", why: said.text, impact: nil)
    digest = step.entry.digest
    request = step.requestNumber
    decision = said.deed.review?.decision
    var published: [Headline.Publication] = []
    var environment: EnvironmentName?
    var names: Set<PromptName> = []
    for change in step.changes {
      switch Slot(path: change.path) {
      case .version(let name, let version, .record):
        published.append(.init(name: name, version: version))
        names.insert(name)
      case .version(let name, _, _), .prompt(let name), .yanked(let name, _): names.insert(name)
      case .pin(let place, let name):
        environment = place
        names.insert(name)
      case .lock(let place): environment = place
      case .ledger, .policy, .services, .allowedSigners, .request, .requestPolicy, .review, nil:
        break
      }
    }
    if case .promotion(let place, let changes)? = record?.subject {
      environment = place
      names.formUnion(changes.map(\.name))
    }
    self.published = published
    self.environment = environment
    self.names = names.sorted()
  }

  /// The element of `entries` that `log --json` and `GET /v1/ledger` answer.
  package var value: Value {
    [
      "entry": Field.number(number), "action": .string(action.rawValue), "by": .string(by),
      "at": Field.text(at), "headline": .string(headline),
      "what": action == .publish ? .string(words.what) : .null,
      "why": Field.text(words.why), "impact": Field.text(words.impact),
      "allowed": .list(words.allowed.map(\.value)),
      "environment": Field.text(environment), "request": Field.number(request),
      "names": .list(names.map { .string($0.text) }),
      "published": .list(
        published.map { ["name": .string($0.name.text), "version": Field.text($0.version)] }),
      "digest": Field.text(digest),
    ]
  }
}

extension EntryStep {
  /// The number of the request that the entry opens, reviews, closes or carries out.
  fileprivate var requestNumber: Int? {
    let deed = entry.entry.deed
    return deed.request ?? (deed.action == Action.request.rawValue ? entry.entry.number : nil)
  }

  /// The request that the entry opens, reviews or takes away; a request never changes.
  func request() throws(RegistryError) -> RequestRecord? {
    guard Action(rawValue: entry.entry.deed.action)?.isAboutRequest == true,
      let id = requestNumber
    else { return nil }
    let slot = Slot.request(id)
    var bytes: [UInt8]?
    do throws(LedgerError) {
      bytes = try after.blob(at: slot.path, limit: slot.byteLimit)
      if bytes == nil { bytes = try before.blob(at: slot.path, limit: slot.byteLimit) }
    } catch {
      throw .ledger(error)
    }
    guard let bytes else { return nil }
    do throws(RecordError) { return try RequestRecord(bytes: bytes) } catch {
      throw .broken(path: slot.path, error)
    }
  }
}
