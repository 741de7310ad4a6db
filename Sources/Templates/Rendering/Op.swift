/// One instruction of a program: plain numbers, so that reading one costs nothing.
struct Op: BitwiseCopyable, Sendable {
  /// What to do. `operand` is the value that `source`, `depth`, `first` and `count` describe.
  enum Code: UInt8, BitwiseCopyable {
    /// Append literal text: `count` bytes of the pool, from `first` on.
    case text
    /// Append the operand as text; `escape` does so as HTML.
    case print, escape
    /// Put the operand on the stack.
    case push
    case jump
    /// Go to `target` unless the operand holds; the second is for `includeZero`, which is on the
    /// stack; `whenTrue` turns each round.
    case branch, branchZero
    /// Go to `target` unless the value on the stack equals the operand.
    case branchEqual
    /// Enter a list or map, a value, or either; go to `target` when there is nothing to enter.
    case each, with, section
    /// The end of an entered block: the next item, or on to `target`.
    case leave
    /// Put member `operand` of the value on the stack there.
    case lookup
    /// Print the operand as JSON, or put that text on the stack; the indent may be on the stack.
    case json, pushJSON
    /// Evaluate the operand and drop it.
    case drop
    /// Structure, out of band: `role` is that of number `first`; the content type of a medium
    /// may be on the stack.
    case role, roleNamed, history, part, media
    /// Define an inline partial: `first` is its name, `target` its body; undo `count` of them.
    case define, undefine
    /// Render the partial of call site `target`.
    case call
    /// The end of a partial or of a block that is called like one.
    case finish
    /// A helper that only a rendering can refuse: `first` is its name.
    case missingHelper
  }

  /// Where the operand comes from.
  enum Source: UInt8, BitwiseCopyable {
    case none
    /// Members of the context, `depth` contexts up.
    case context
    /// Members of the nearest context that has the first of them.
    case enclosing
    /// Members of the caller's `@` variables.
    case data
    /// Members of the whole input.
    case root
    case index, key, first, last
    /// Members of a block parameter, `depth` blocks with parameters up.
    case item, itemKey
    /// A literal: `first` in the pool.
    case constant
    case stack
  }

  /// What to do about a missing operand.
  enum Strictness: UInt8, BitwiseCopyable { case lenient, strict, assumeObjects }

  var code: Code
  var source = Source.none
  var strictness = Strictness.lenient
  var flags = Flags()
  var depth: UInt16 = 0
  /// The first step of a path, or as the code says.
  var first: Int32 = 0
  var count: Int32 = 0
  /// Another instruction, or as the code says.
  var target: Int32 = 0

  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// A branch is taken when the operand holds.
    static let whenTrue = Flags(rawValue: 1)
    /// An indent or a content type lies on the stack.
    static let hasMore = Flags(rawValue: 2)
    /// The block names its item.
    static let namesItem = Flags(rawValue: 4)
    /// The definition stands in a block of its own, not in an `if`.
    static let inBlock = Flags(rawValue: 8)
  }
}
