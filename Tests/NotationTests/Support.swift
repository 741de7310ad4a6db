import Notation
import Testing

extension [UInt8] {
  init(text: String) { self = Array(text.utf8) }
}

/// The problem that a reader reports, and where it says it is.
func refusal<T>(_ body: () throws(NotationError) -> T) -> NotationError? {
  do throws(NotationError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
