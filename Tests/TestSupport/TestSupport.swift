import Foundation

/// Where the public conformance suites lie: `STET_SPECS`, or `shared/specs` beside the checkout.
public enum Specs {
  /// The file of a suite, or nil after one visible line that says what is missing.
  public static func data(_ path: String) -> Data? {
    let url = root.appendingPathComponent(path)
    guard let data = try? Data(contentsOf: url) else {
      print("skipped: \(path) is not at \(root.path); set STET_SPECS")
      return nil
    }
    return data
  }

  /// The folder that holds the suites.
  public static let root: URL =
    ProcessInfo.processInfo.environment["STET_SPECS"].map { URL(fileURLWithPath: $0) }
    ?? Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/specs")
}

/// The folder that holds `Package.swift`.
public enum Checkout {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// A folder that is removed with its owner.
public final class TemporaryFolder: Sendable {
  public let url: URL
  public var path: String { url.path }

  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("stet-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// SplitMix64: the same seed gives the same sequence everywhere.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
