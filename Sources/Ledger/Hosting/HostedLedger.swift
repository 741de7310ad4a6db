import Git
import Platform

/// A bare repository that others push to.
package enum HostedLedger {
  /// What keeps a push from replacing or removing anything, or from being half on the disk.
  static let settings =
    ConfigEntry.ours + [
      ConfigEntry(key: "core.fsync", value: "all"),
      ConfigEntry(key: "receive.denynonfastforwards", value: "true"),
      ConfigEntry(key: "receive.denydeletes", value: "true"),
      ConfigEntry(key: "receive.fsckobjects", value: "true"),
      ConfigEntry(key: "receive.autogc", value: "false"),
    ]

  /// Makes one in a folder where there is none; `script` runs before each push is let in.
  package static func create(_ path: String, preReceive script: String) throws(LedgerError) {
    _ = try ObjectStore.create(path, settings)
    do throws(PlatformError) {
      try FileSystem.createDirectories("\(path)/hooks")
      try FileSystem.replace(
        "\(path)/hooks/pre-receive", Array(script.utf8), permissions: 0o755)
    } catch {
      throw .platform(error)
    }
  }
}
