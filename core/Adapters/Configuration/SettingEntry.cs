namespace FuturesBot.Adapters.Configuration;

/// <summary>A value that the file or the environment gives.</summary>
/// <param name="Path">Names joined by dots.</param>
/// <param name="Text">The value as written.</param>
/// <param name="Source">File and line, or the variable's name.</param>
internal readonly record struct SettingEntry(string Path, string Text, string Source);
