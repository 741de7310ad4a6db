import Notation
import Ledger
import Platform
import PromptRegistry
import Synchronization

extension Session {
  /// The host that the ledger of a place is shared through; nil where it is here alone.
  func remote(of place: Place) throws(CommandError) -> Remote? {
    guard let folder = place.workspace else { return nil }
    let isRecorded = try platformErrors(in: FileSystem.exists(Workspace.recordFile(in: folder)))
    guard isRecorded, let address = try Workspace.open(folder).record.remote else { return nil }
    do throws(RemoteAddress.Flaw) { return remote(at: try RemoteAddress(address)) } catch {
      throw .registry(
        .badInput(
          Complaint(
            file: Workspace.recordFile(in: folder), position: nil,
            message: "'\(address)' is no 'remote': \(error.message)", hint: nil)))
    }
  }

  /// A host, spoken to as whoever runs this.
  func remote(at address: RemoteAddress) -> Remote {
    let caller = GitCaller(
      surroundings.environment, company: console.talk.isTerminal ? .shared : .alone)
    let memory = stateFolder.map { Memory(folder: $0, place: address.text) }
    let herald = Herald(console)
    return Remote(address, caller: caller, memory: memory) { herald.tell($0) }
  }

  /// Brings a registry to where its host's is, and warns of what does not hold there and where it
  /// cannot be remembered.
  func pull(
    _ registry: Registry, from remote: Remote
  ) throws(CommandError) -> Standing {
    let standing = try registryErrors(in: registry.pull(from: remote))
    if let refused = standing.refused { warn(of: refused) }
    if let problem = standing.memoryProblem { warn(ofMemory: problem) }
    return standing
  }
}

/// Tells whoever waits what happens on the way to a host.
private final class Herald: Sendable {
  private let console: Console
  private let line: ProgressLine
  private let wasOvertaken = Mutex(false)

  init(_ console: Console) {
    self.console = console
    line = ProgressLine("verifying", on: console.talk)
  }

  func tell(_ news: RemoteNews) {
    switch news {
    case .verifying(let progress):
      line.report(progress.done, of: progress.total)
      if progress.done == progress.total { line.end() }
    case .overtaken:
      let isFirst = wasOvertaken.withLock { was in
        defer { was = true }
        return !was
      }
      if isFirst { console.say("somebody else was first; deciding again") }
    case .notTakenOver(let error):
      console.say(
        "warning: done at the host, and the copy here lacks it until 'stet pull': "
          + error.message.visible)
    case .hadArrived(let entry):
      console.say("\(name(entry)), of an earlier command, had arrived")
    case .sent(let entry):
      console.say("\(name(entry)), of an earlier command, was sent now")
    case .dropped(let entry, .overtaken):
      console.say(
        "warning: '\(entry.entry.headline)', of an earlier command, was not done: others have "
          + "written since, so it must be asked for again")
    case .dropped(let entry, .refused(let words)):
      console.say(
        "warning: '\(entry.entry.headline)', of an earlier command, was not done: the host "
          + "refused it: \(words.visible)")
    }
  }

  private func name(_ entry: SignedEntry) -> String {
    "entry \(entry.entry.number), '\(entry.entry.headline)'"
  }
}

extension RemoteAddress: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    do throws(Flaw) { try self.init(argument) } catch {
      throw .usage(.badValue(of: name, text: argument, expected: error.message))
    }
  }
}
