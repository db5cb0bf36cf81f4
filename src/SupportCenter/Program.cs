using MediaSecurityLite.SupportCenter.Cli;

return await CommandLine.RunAsync(args);
