# Reference fits of the mixed-effects logistic regression, by lme4. Not needed to run or test.
#   Debian: apt-get install r-base-core r-cran-lme4
#   Rscript bench/listening/reference-mixed.R > test/listening-test/statistics/reference-mixed.json
suppressMessages(library(lme4))
simulate_answers <- function(seed, people, items, sd_person, sd_item, keep) {
  set.seed(seed)
  d <- expand.grid(item = 0:(items - 1), person = 0:(people - 1))
  d$position <- ave(runif(nrow(d)), d$person, FUN = rank) - 1
  d$musician <- as.numeric(d$person %% 3 == 0)
  u <- rnorm(people, 0, sd_person); v <- rnorm(items, 0, sd_item)
  eta <- 0.3 + 0.4 * d$musician - 0.03 * d$position + u[d$person + 1] + v[d$item + 1]
  d$y <- as.numeric(runif(nrow(d)) < plogis(eta))
  d[runif(nrow(d)) < keep, ]
}
fit_case <- function(name, d, formula) {
  control <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-10, optCtrl = list(rhoend = 1e-8, maxfun = 1e6))
  m <- suppressMessages(suppressWarnings(glmer(formula, d, family = binomial, control = control)))
  sds <- sapply(VarCorr(m), function(v) sqrt(v[1, 1]))
  num <- function(x) paste0("[", paste(format(as.numeric(x), digits = 12, trim = TRUE), collapse = ","), "]")
  sprintf('{"name":"%s","person":%s,"item":%s,"position":%s,"musician":%s,"y":%s,"fixed":%s,"standardErrors":%s,"personSd":%s,"itemSd":%s,"deviance":%s}',
    name, num(d$person), num(d$item), num(d$position), num(d$musician), num(d$y), num(fixef(m)),
    num(summary(m)$coefficients[, 2]), format(sds["person"], digits = 12),
    if ("item" %in% names(sds)) format(sds["item"], digits = 12) else "null",
    format(-2 * as.numeric(logLik(m)), digits = 14))
}
cases <- c(
  fit_case("crossed, complete", simulate_answers(1, 60, 8, 0.7, 0.5, 1), y ~ 1 + position + musician + (1 | person) + (1 | item)),
  fit_case("crossed, a fifth of the cells missing", simulate_answers(2, 50, 10, 1.1, 0.8, 0.8), y ~ 1 + position + musician + (1 | person) + (1 | item)),
  fit_case("intercept only", simulate_answers(3, 132, 5, 0.4, 0.6, 1), y ~ 1 + (1 | person) + (1 | item)),
  fit_case("people only", simulate_answers(4, 80, 6, 0.9, 0, 1), y ~ 1 + musician + (1 | person)),
  fit_case("no spread between items", simulate_answers(8, 90, 6, 0.6, 0, 1), y ~ 1 + (1 | person) + (1 | item)))
cat(sprintf('{"source":"%s, lme4 %s, glmer with nAGQ = 1","cases":[%s]}\n', R.version.string, packageVersion("lme4"), paste(cases, collapse = ",")))
