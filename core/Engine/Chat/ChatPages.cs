namespace FuturesBot.Engine.Chat;

/// <summary>Cuts what a command says into messages of a bearable length.</summary>
internal static class ChatPages
{
    /// <summary>Characters of a message, tags included; the messenger takes 4,096 without tags.</summary>
    public const int LengthMax = 3_800;

    private const string Cut = "…";

    /// <summary>The page, and how many there are; a page that is not there is the last one.</summary>
    public static (string Html, int Page, int Pages) Of(ChatAnswer answer, int page)
    {
        var pages = Fill(answer);
        page = Math.Clamp(page, 0, pages.Count - 1);
        var between = answer.IsDense ? "\n" : "\n\n";
        string[] parts = [answer.Head, string.Join(between, pages[page]), answer.Foot];
        return (Fit(string.Join("\n\n", parts.Where(part => part.Length > 0))), page, pages.Count);
    }

    /// <summary>Whole lines up to the limit: no tag goes over the end of a line, so none is cut in two.</summary>
    public static string Fit(string html)
    {
        if (html.Length <= LengthMax) return html;
        var end = html.LastIndexOf('\n', LengthMax - Cut.Length - 1);
        return end <= 0 ? Cut : html[..(end + 1)] + Cut;
    }

    private static List<List<string>> Fill(ChatAnswer answer)
    {
        var room = LengthMax - answer.Head.Length - answer.Foot.Length - 8;
        var pages = new List<List<string>> { new() };
        var length = 0;
        foreach (var entry in answer.Entries)
        {
            if (pages[^1].Count > 0 && (pages[^1].Count >= answer.PerPage || length + entry.Length + 2 > room))
            {
                pages.Add([]);
                length = 0;
            }

            pages[^1].Add(entry);
            length += entry.Length + 2;
        }

        return pages;
    }
}
