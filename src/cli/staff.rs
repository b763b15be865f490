//! `inlet staff`: accounts from the command line.

use std::io::Read;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Failure, open};
use crate::actions::accounts::{self, Order, Refusal};
use crate::domain::account::Role;
use crate::locale::Language;
use crate::store::Stop;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add an account; without a password file a one-time link is printed
    Add(Add),
    /// List all accounts
    List,
    /// Disable an account and end its sessions
    Disable { email: String },
    /// Print a new set-password link; the second factor is asked anew
    Reset { email: String },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    /// observer, moderator or admin
    #[arg(long, value_parser = read_role)]
    role: Role,
    /// Language of mails to this person: en, fr, es, ru, ar, zh
    #[arg(long, default_value = "en", value_parser = read_language)]
    language: Language,
    /// A file with the password, or - for standard input
    #[arg(long)]
    password_file: Option<PathBuf>,
}

fn read_role(text: &str) -> Result<Role, String> {
    Role::read(text).ok_or_else(|| "write observer, moderator or admin".to_owned())
}

fn read_language(text: &str) -> Result<Language, String> {
    Language::read(text).ok_or_else(|| "write en, fr, es, ru, ar or zh".to_owned())
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    let (app, runtime) = open()?;
    runtime.block_on(async {
        match command {
            Command::Add(add) => {
                let order = order(add)?;
                let (_, link) = accounts::add(&app, order).await.map_err(said)?;
                super::print(format_args!(
                    "{}",
                    link.map_or_else(
                        || "added".to_owned(),
                        |link| format!("added; set the password within 24 hours at\n{link}")
                    )
                ))?;
            }
            Command::List => {
                for account in accounts::list(&app).await? {
                    let state = if account.disabled { "disabled" } else { "active" };
                    super::print(format_args!(
                        "{}\t{}\t{}\t{state}",
                        account.email,
                        account.name,
                        account.role.as_str()
                    ))?;
                }
            }
            Command::Disable { email } => {
                accounts::disable(&app, &email).await.map_err(said)?;
                super::print(format_args!("disabled"))?;
            }
            Command::Reset { email } => {
                let link = accounts::reset(&app, &email).await.map_err(said)?;
                super::print(format_args!("set the password within 24 hours at\n{link}"))?;
            }
        }
        Ok(())
    })
}

fn order(add: Add) -> Result<Order, Failure> {
    if add.email.parse::<lettre::Address>().is_err() {
        return Err(Failure::said(format!("{} is not an e-mail address", add.email)));
    }
    let password = add.password_file.map(|path| read_password(&path)).transpose()?;
    Ok(Order { email: add.email, name: add.name, role: add.role, language: add.language, password })
}

fn read_password(path: &std::path::Path) -> Result<String, Failure> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(path)?;
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn said(stop: Stop<Refusal>) -> Failure {
    match stop {
        Stop::Refused(Refusal::Taken) => Failure::said("this address has an account already"),
        Stop::Refused(Refusal::Weak) => {
            Failure::said("the password is too short or too simple: at least 12 characters")
        }
        Stop::Refused(Refusal::NotFound) => Failure::said("no account has this address"),
        Stop::Failed(error) => error.into(),
    }
}
