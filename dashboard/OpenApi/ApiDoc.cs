namespace FuturesBot.Dashboard;

/// <summary>What the description says of one route; travels as metadata of the endpoint.</summary>
internal sealed class ApiDoc(string group, string summary, IReadOnlyList<ApiParameter> parameters)
{
    public string Group => group;

    public string Summary => summary;

    public IReadOnlyList<ApiParameter> Parameters => parameters;

    /// <summary>Body that the route reads; null when it reads none.</summary>
    public Type? Body { get; set; }

    /// <summary>What it answers; null when the shape is free.</summary>
    public Type? Answer { get; set; }

    public string AnswerMedia { get; set; } = "application/json";

    /// <summary>Status of success; 0: it only ever answers with a problem.</summary>
    public int Success { get; set; } = 200;

    /// <summary>Status codes of problem details besides those that every route can give.</summary>
    public List<int> Problems { get; } = [];

    /// <summary>Answered to everybody who reaches the address, signed in or not.</summary>
    public bool IsOpen { get; set; }

    /// <summary>A POST that only computes: no line in the audit, and viewers may.</summary>
    public bool ChangesNothing { get; set; }
}
