import Contracts
import Keys
import Platform
import PromptRegistry
import TestSupport
import Testing

@testable import CommandLineTool

struct WorkspaceTests {
  @Test func `what many note in a record at once is all there`() async throws {
    let folder = try TemporaryFolder()
    let place = try Place(workspace: folder.path)
    try FileSystem.createDirectories(place.ledger)
    let record = WorkspaceRecord(id: Digest(of: []), remote: nil)
    try Workspace(folder: folder.path, record: record).save()
    let names = try (0..<24).map { try PromptName("p\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask {
          try Workspace.changing(folder.path) { workspace throws(CommandError) in
            workspace.record.drafts[name] = SemanticVersion(1, 0, 0)
            try workspace.save()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try Workspace.open(folder.path).record.drafts.count == names.count)
  }
}
