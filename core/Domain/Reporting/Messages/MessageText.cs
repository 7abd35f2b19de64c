namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Puts a message together from paragraphs and keeps it short enough for the caption of a picture. When it would grow too
/// long, the paragraphs that matter least are left out whole: a tag is never cut in two.
/// </summary>
public sealed class MessageText
{
    /// <summary>Characters, tags included; a caption holds 1,024, and what is told must fit one phone screen.</summary>
    public const int LengthMax = 900;

    private readonly List<(string Html, int Rank)> _paragraphs = [];

    /// <summary>Adds a paragraph of the lines that are not empty; nothing when all are.</summary>
    public MessageText Add(params ReadOnlySpan<string?> lines) => Add(0, lines);

    /// <summary>Adds a paragraph that goes when there is no room.</summary>
    /// <param name="rank">0 stays; of the others the highest goes first.</param>
    /// <param name="lines">Null and empty ones are left out.</param>
    public MessageText Add(int rank, params ReadOnlySpan<string?> lines)
    {
        var kept = new List<string>(lines.Length);
        foreach (var line in lines)
        {
            if (!string.IsNullOrEmpty(line)) kept.Add(line);
        }

        if (kept.Count > 0) _paragraphs.Add((string.Join('\n', kept), rank));
        return this;
    }

    /// <exception cref="InvalidOperationException">What must stay is too long: its values were not bounded.</exception>
    public override string ToString()
    {
        var kept = _paragraphs.ToList();
        var html = Joined(kept);
        while (html.Length > LengthMax)
        {
            var least = kept.MaxBy(paragraph => paragraph.Rank);
            if (least.Rank == 0)
                throw new InvalidOperationException($"A message was {html.Length} characters long; at most {LengthMax} are allowed");
            kept.Remove(least);
            html = Joined(kept);
        }

        return html;
    }

    private static string Joined(IEnumerable<(string Html, int Rank)> paragraphs) =>
        string.Join("\n\n", paragraphs.Select(paragraph => paragraph.Html));
}
