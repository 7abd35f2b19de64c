using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The two rolling logs, main and Action Price. Files change at midnight in Kyiv; the times inside are UTC.</summary>
public sealed record LogOptions
{
    /// <summary>Folder of the files; a relative one counts from where the program was started.</summary>
    public string Folder { get; init; } = "logs";

    /// <summary>Least level that is written.</summary>
    [AllowedValues("debug", "information", "warning", "error")]
    public string Level { get; init; } = "information";

    /// <summary>Days whose files are kept, for each of the two logs.</summary>
    [Range(1, 3650)] public int DaysKept { get; init; } = 31;
}
