import Foundation
import TestSupport

extension Topic {
  static let history = Topic(name: "history") { report in
    let mill = try RegistryMill("/tmp/rv-ledger/.stet/.git", prompts: 10_000)
    try mill.grow(to: Int(ProcessInfo.processInfo.environment["N"] ?? "") ?? 100_000)
  }
}
